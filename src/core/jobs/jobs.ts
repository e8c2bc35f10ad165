import * as l10n from "@vscode/l10n";
import { createConcurrencyLimit } from "../concurrencyLimit.ts";
import { isStopped, LimnError, stoppedError } from "../errors.ts";
import { copyFromVault, recordKept } from "../files/keep.ts";
import { Listeners } from "../listeners.ts";
import type { Model } from "../models/model.ts";
import { Reservations } from "../money/reservation.ts";
import { spendingOf } from "../money/spending.ts";
import { PictureStore } from "../pictures/pictureStore.ts";
import type { Endpoint, Ports } from "../ports.ts";
import { toCheckedTask } from "../request/checkedTask.ts";
import type { JobRequest, Target } from "../request/request.ts";
import { Poller, type PollingInterval } from "../service/poller.ts";
import { sendTask } from "../service/send.ts";
import { cleanPrompt } from "../text/promptText.ts";
import { joinSentences } from "../text/sentences.ts";
import { follow, type SendJob } from "./follow.ts";
import { changePicture, isOpen, type Job, type Marks, type Picture, unkeptPictures, withMarks } from "./job.ts";
import { costOf } from "./jobCost.ts";
import { Journal } from "./journal.ts";
import { newJob } from "./newJob.ts";
import { Outbox } from "./outbox.ts";
import { reconcile, recordMissingPictures } from "./recovery.ts";

/** Downloads at a time, over all jobs of a window. */
const maxDownloads = 4;

/** Hears how the job stands, each time it changes. */
export type JobChangeListener = (job: Job) => void;

/** What a job came to. */
export interface Outcome {
  readonly job: Job;
  /** URIs of the files that were kept, in the order of the pictures. */
  readonly files: readonly string[];
  /** USD as the service says; `undefined` where it did not say. */
  readonly cost: number | undefined;
}

/** A purchase that was written down and is under way. */
export interface Purchase {
  readonly id: string;
  /** Settles as `Jobs.buy` does. */
  readonly outcome: Promise<Outcome>;
}

/** A job that is followed now. */
interface FollowedJob {
  readonly outcome: Promise<Outcome>;
  readonly controller: AbortController;
}

/** The outcome of a task is unknown. */
const unknownOutcomeError = () =>
  new LimnError(
    "unexpected",
    l10n.t(
      "Runware does not say what became of this request. It may have been billed. Use “Limn: Show Unfinished Jobs” to check again.",
    ),
    { billed: "maybe", mentionsBilling: true },
  );

/** The window that reserved the job closed before it sent anything. */
const neverSentError = () =>
  new LimnError(
    "unexpected",
    l10n.t("This request was never sent, so nothing was bought. It is removed from the list now."),
  );

/**
 * Where every purchase begins, is followed and ends: the one way through, for a person, an agent
 * and a test alike.
 */
export class Jobs {
  readonly journal: Journal;
  readonly #ports: Ports;
  readonly #model: Model;
  readonly #poller: Poller;
  readonly #limit = createConcurrencyLimit(maxDownloads);
  readonly #outbox = new Outbox(() => this.#listeners.notify());
  readonly #reservations: Reservations;
  /** Jobs that this window follows now, so that none is followed twice. */
  readonly #followed = new Map<string, FollowedJob>();
  readonly #listeners = new Listeners((error) =>
    // As in the journal: a listener's fault must not come between a purchase and its pictures.
    this.#ports.log.error(`A listener of the jobs failed: ${String(error)}`),
  );

  constructor(ports: Ports, model: Model, pollingInterval?: PollingInterval) {
    this.#ports = ports;
    this.#model = model;
    this.#poller = new Poller(ports, pollingInterval);
    this.journal = new Journal(ports);
    this.#reservations = new Reservations(ports, this.journal);
  }

  /** Whether this window is waiting for the job. */
  isFollowed(id: string): boolean {
    return this.#followed.has(id);
  }

  /** Hears when this window begins or ends to wait for a job; returns what ends it. */
  subscribeToFollowed(listener: () => void): () => void {
    return this.#listeners.subscribe(listener);
  }

  /**
   * Stops waiting for a job, or for all: whoever waits hears `stopped`, and the job stays in the
   * journal.
   */
  stop(id?: string): void {
    for (const [followed, { controller }] of this.#followed) {
      if (id === undefined || id === followed) {
        controller.abort();
      }
    }
  }

  /**
   * Whether nothing of the job has been sent yet: it waits for others, and costs nothing if it is
   * withdrawn.
   */
  isUnsent(id: string): boolean {
    return this.#outbox.isUnsent(id);
  }

  /**
   * Withdraws a job of which nothing was sent yet, or all of them; those that were sent go on. See
   * `isUnsent`.
   */
  withdraw(id?: string): void {
    for (const unsent of [...this.#followed.keys()].filter((one) => this.isUnsent(one))) {
      if (id === undefined || id === unsent) {
        this.stop(unsent);
      }
    }
  }

  /**
   * Buys what the order asks for and brings it home. The job is on disk before a byte leaves.
   *
   * @throws LimnError where the request breaks a rule, was refused, or nothing came of it; of kind
   * `stopped` when the signal aborts, whereupon the job stays in the journal and can be followed
   * later.
   */
  async buy(order: JobRequest, signal: AbortSignal, onChange?: JobChangeListener): Promise<Outcome> {
    const { outcome } = await this.start(order, signal, onChange);
    return outcome;
  }

  /**
   * Begins to buy: rejects where the request cannot be sent or costs more than a person allows;
   * once it resolves, all that happens is told by the job as well.
   */
  async start(input: JobRequest, signal: AbortSignal, onChange?: JobChangeListener): Promise<Purchase> {
    const order = { ...input, request: { ...input.request, prompt: cleanPrompt(input.request.prompt) } };
    const taskUUID = this.#ports.uuid();
    const task = toCheckedTask(order.request, this.#model, taskUUID);
    const endpoint = await this.#ports.endpoint();
    if (endpoint === undefined) {
      throw new LimnError("key", l10n.t("There is no address to send to. Check the setting “limn.apiUrl”."));
    }
    if (signal.aborted) {
      throw stoppedError();
    }
    const createJob = () => newJob(order, taskUUID, { ports: this.#ports, model: this.#model, endpoint });
    await this.#reservations.create(createJob, signal);
    this.#outbox.add(taskUUID);
    const outcome = this.#followOnce(taskUUID, signal, onChange, async (stopSignal) => {
      const sendJob = (signal: AbortSignal) =>
        this.#outbox.send(taskUUID, () => sendTask(this.#ports, endpoint, task, signal), signal);
      return this.#followToEnd(taskUUID, endpoint, stopSignal, sendJob).catch((error: unknown) =>
        this.#discardUnsent(taskUUID, error),
      );
    });
    return { id: taskUUID, outcome };
  }

  /**
   * Nothing was sent of a job that is stopped before its turn: there is nothing to bill, to ask for
   * or to remember.
   */
  async #discardUnsent(id: string, error: unknown): Promise<never> {
    if (isStopped(error) && this.isUnsent(id)) {
      const { journal, log } = { journal: this.journal, log: this.#ports.log };
      await journal
        .remove(id)
        .catch((cause: unknown) => log.warn(`Job ${id} was not sent and stays: ${String(cause)}`));
    }
    this.#outbox.remove(id);
    throw error;
  }

  /**
   * Follows a job of the journal to its end: nothing is sent again. Pictures that have gone from
   * the vault before they were kept are fetched again. Throws as `buy` does.
   */
  async checkAgain(id: string, signal: AbortSignal, onChange?: JobChangeListener): Promise<Outcome> {
    return this.#followOnce(id, signal, onChange, async (stopSignal) => {
      if (await this.journal.removeUnconfirmed(id)) {
        throw neverSentError();
      }
      // A vault that cannot be read must not keep the job waiting: what it brings can go elsewhere.
      await reconcile(this.#ports, this.journal, [this.#getJob(id)]).catch((error: unknown) =>
        this.#ports.log.warn(`The vault could not be looked through: ${String(error)}`),
      );
      const job = this.#getJob(id);
      const endpoint = await this.#ports.endpoint(job.endpoint);
      if (endpoint === undefined) {
        throw new LimnError(
          "key",
          l10n.t(
            "This request was sent to {0}, which is not the API in use now. Set “limn.apiUrl” back to it to check again.",
            job.endpoint,
          ),
        );
      }
      return this.#followToEnd(id, endpoint, stopSignal);
    });
  }

  /** Makes the jobs that are not followed now agree with the vault, see `recovery.ts`. */
  recover(): Promise<void> {
    const jobs = this.journal.list().filter(({ taskUUID }) => !this.isFollowed(taskUUID));
    return reconcile(this.#ports, this.journal, jobs);
  }

  /**
   * Copies a picture from the vault to where the job, or the given target, wants it. Gives the
   * file's URI.
   */
  async keep(id: string, picture: Picture, target?: Target): Promise<string> {
    const [uri = ""] = await this.#keepAll(id, [picture], target);
    return uri;
  }

  /**
   * Keeps pictures one after the other, so that the names count in their order. They are noted
   * together: a life that ends in between finds its files again by their bytes.
   */
  async #keepAll(id: string, pictures: readonly Picture[], target?: Target): Promise<string[]> {
    const files = new Map<string, string>();
    for (const picture of pictures) {
      try {
        files.set(picture.id, await copyFromVault(this.#ports, this.#model, this.#getJob(id), picture, target));
      } catch (error) {
        await recordKept(this.journal, id, files, this.#ports.now());
        // Where it has gone from the vault, the job says so from now on, and can be checked again.
        await recordMissingPictures(this.#ports, this.journal, this.#getJob(id));
        throw picture.rescued === undefined || !(error instanceof LimnError)
          ? error
          : new LimnError(
              error.kind,
              joinSentences(error.message, l10n.t("Until then it is at {0}.", picture.rescued)),
              { cause: error },
            );
      }
    }
    await recordKept(this.journal, id, files, this.#ports.now());
    return [...files.values()];
  }

  /**
   * Notes that a person has decided which pictures to keep; the others stay in the vault. Throws
   * where that cannot be written down.
   */
  markSettled(id: string): Promise<void> {
    return this.#updateOrThrow(id, (job) => ({ ...job, settled: true }));
  }

  /** Notes what a person thinks of a picture. Throws where that cannot be written down. */
  setMarks(id: string, picture: string, changes: Marks): Promise<void> {
    const now = this.#ports.now();
    return this.#updateOrThrow(id, (job) => changePicture(job, picture, (known) => withMarks(known, changes, now)));
  }

  async #updateOrThrow(id: string, change: (job: Job) => Job): Promise<void> {
    await this.journal.update(id, change);
    const reason = this.journal.unwrittenReason(id);
    if (reason !== undefined) {
      throw new LimnError("files", l10n.t("Limn cannot save this. {0} It is lost when this window closes.", reason));
    }
  }

  #getJob(id: string): Job {
    const job = this.journal.get(id);
    if (job === undefined) {
      throw new LimnError("unexpected", l10n.t("This job is not in the journal any more."));
    }
    return job;
  }

  /**
   * A job that is followed already is not followed a second time: whoever asks waits for the same
   * end.
   */
  #followOnce(
    id: string,
    signal: AbortSignal,
    onChange: JobChangeListener | undefined,
    run: (stopSignal: AbortSignal) => Promise<Outcome>,
  ): Promise<Outcome> {
    const known = this.#followed.get(id);
    if (known !== undefined) {
      return known.outcome;
    }
    const controller = new AbortController();
    const unsubscribe = this.journal.subscribe((job) => job?.taskUUID === id && onChange?.(job));
    const outcome = run(AbortSignal.any([signal, controller.signal])).finally(() => {
      unsubscribe();
      this.#followed.delete(id);
      this.#listeners.notify();
    });
    this.#followed.set(id, { outcome, controller });
    this.#listeners.notify();
    return outcome;
  }

  async #followToEnd(id: string, endpoint: Endpoint, signal: AbortSignal, sendJob?: SendJob): Promise<Outcome> {
    const [ports, journal, poller, limit] = [this.#ports, this.journal, this.#poller, this.#limit];
    const pictureStore = new PictureStore({
      ports,
      journal,
      endpoint,
      limit,
      id,
      signal,
      isNew: sendJob !== undefined,
    });
    await follow({ ports, journal, poller, arrivals: pictureStore, endpoint, id, signal }, sendJob);
    await pictureStore.waitForAll();
    const job = await this.journal.update(id, (current) => ({
      ...current,
      state: isOpen(current) ? (current.pictures.length > 0 ? "done" : "failed") : current.state,
    }));
    return this.#keepAndReport(job);
  }

  async #keepAndReport(job: Job): Promise<Outcome> {
    if (job.state === "unknown") {
      throw unknownOutcomeError();
    }
    if (job.pictures.length === 0) {
      const [failure] = job.failures;
      const message = failure?.message ?? l10n.t("No picture was made, and Runware does not say why.");
      throw new LimnError("upstream", message, {
        billed: spendingOf(job).unknown > 0 ? "maybe" : "no",
        ...(failure?.field === undefined ? {} : { field: failure.field }),
        code: failure?.code ?? "",
      });
    }
    if (job.target.keep === "all") {
      await this.#keepAll(job.taskUUID, unkeptPictures(job));
    }
    const end = this.#getJob(job.taskUUID);
    return { job: end, files: end.pictures.flatMap(({ kept }) => kept), cost: costOf(end) };
  }
}
