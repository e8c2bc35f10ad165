import * as l10n from "@vscode/l10n";
import { createConcurrencyLimit } from "../concurrencyLimit.ts";
import { isStopped, LimnError } from "../errors.ts";
import { Journal } from "../journal/journal.ts";
import type { Family } from "../models/model.ts";
import { Reservations } from "../money/reservation.ts";
import { PictureStore } from "../pictures/pictureStore.ts";
import type { Endpoint, Ports } from "../ports.ts";
import type { JobRequest, Target } from "../request/request.ts";
import { Poller } from "../service/poller.ts";
import type { PollingInterval } from "../service/pollingInterval.ts";
import { sendTask } from "../service/send.ts";
import { unlessStopped } from "../unlessStopped.ts";
import type { EarlyCopies } from "./earlyCopies.ts";
import { follow, type SendJob } from "./follow.ts";
import { FollowedJobs, type JobChangeListener } from "./followedJobs.ts";
import {
  changePicture,
  isOpen,
  type Job,
  type Marks,
  type Picture,
  unkeptPictures,
  unmadeCount,
  withMarks,
} from "./job.ts";
import { costOf } from "./jobCost.ts";
import { JobDurations } from "./jobDurations.ts";
import { neverSentError, noPicturesError, unknownOutcomeError } from "./jobErrors.ts";
import { Outbox } from "./outbox.ts";
import { PictureKeeper } from "./pictureKeeper.ts";
import { reconcile } from "./recovery.ts";
import { prepareGroup, type SelectNeeded } from "./unsentGroup.ts";
import { prepareJob, type UnsentJob } from "./unsentJob.ts";

/** Maximum number of downloads at a time, over all jobs of a window. */
const maxDownloads = 4;

/** The result of a job. */
export interface Outcome {
  readonly job: Job;
  /** URIs of the kept files, in the order of the pictures. */
  readonly files: readonly string[];
  /** USD from the service; `undefined` if it sent no amount. */
  readonly cost: number | undefined;
}

/** A purchase that is stored and running. */
export interface Purchase {
  readonly id: string;
  /** Settles like `Jobs.buy`. */
  readonly outcome: Promise<Outcome>;
}

/** Every purchase goes through this class, whether the user, an agent or a test starts it. */
export class Jobs {
  readonly journal: Journal;
  readonly #ports: Ports;
  readonly #family: Family;
  readonly #poller: Poller;
  readonly #durations: JobDurations;
  readonly #limit = createConcurrencyLimit(maxDownloads);
  readonly #outbox = new Outbox(() => this.#followed.notify());
  readonly #reservations: Reservations;
  readonly #keeper: PictureKeeper;
  readonly #followed: FollowedJobs<Outcome>;

  constructor(ports: Ports, family: Family, pollingInterval?: PollingInterval) {
    this.#ports = ports;
    this.#family = family;
    this.#poller = new Poller(ports, pollingInterval);
    this.journal = new Journal(ports);
    this.#durations = new JobDurations(family, () => this.journal.listAll());
    this.#followed = new FollowedJobs(this.journal, ports.log);
    this.#reservations = new Reservations(ports, this.journal);
    this.#keeper = new PictureKeeper(ports, family, this.journal);
  }

  /** Whether this window follows the job. */
  isFollowed(id: string): boolean {
    return this.#followed.has(id);
  }

  /** Ids of the jobs that this window follows. */
  followedIds(): readonly string[] {
    return this.#followed.ids();
  }

  /**
   * Adds a listener that is called when this window starts or stops following a job. Returns a
   * function that removes it.
   */
  subscribeToFollowed(listener: () => void): () => void {
    return this.#followed.subscribe(listener);
  }

  /**
   * Stops following a job, or all of them: their callers get an error of kind `stopped`, and the
   * jobs stay in the journal.
   */
  stop(id?: string): void {
    this.#followed.stop(id);
  }

  /**
   * Whether nothing of the job has been sent yet. It waits for others, and costs nothing if it is
   * withdrawn.
   */
  isUnsent(id: string): boolean {
    return this.#outbox.isUnsent(id);
  }

  /** Withdraws an unsent job, or all of them. Jobs that were sent go on. See `isUnsent`. */
  withdraw(id?: string): void {
    for (const unsent of this.#followed.ids().filter((one) => this.isUnsent(one))) {
      if (id === undefined || id === unsent) {
        this.stop(unsent);
      }
    }
  }

  /**
   * Buys the requested pictures and stores them. The job is on disk before anything is sent.
   *
   * @throws LimnError if the request breaks a rule, is refused, or brings no picture; of kind
   * `stopped` when the signal aborts: then the job stays in the journal and can be followed later.
   */
  async buy(jobRequest: JobRequest, signal: AbortSignal, onChange?: JobChangeListener): Promise<Outcome> {
    const { outcome } = await this.start(jobRequest, signal, onChange);
    return outcome;
  }

  /**
   * Starts a purchase. Rejects if the request cannot be sent or the user does not allow its cost.
   * After it resolves, the job file has every outcome too.
   */
  async start(jobRequest: JobRequest, signal: AbortSignal, onChange?: JobChangeListener): Promise<Purchase> {
    const unsent = await prepareJob(this.#ports, this.#family, jobRequest, signal);
    await this.#reservations.create(() => [unsent.createJob(this.#ports.now())], signal);
    return this.#followNew(unsent, signal, onChange);
  }

  /**
   * Starts several purchases, each with its own job: all of them, or none if one cannot be sent or
   * the user does not allow what they cost together.
   *
   * @param selectNeeded selects the requests that are still needed: when the user has answered, and
   * again when they are stored, so that of two windows only one buys the same file.
   * @returns the purchases of those, by their requests.
   */
  async startAll(
    jobRequests: readonly JobRequest[],
    signal: AbortSignal,
    selectNeeded?: SelectNeeded,
  ): Promise<ReadonlyMap<JobRequest, Purchase>> {
    const group = await prepareGroup(this.#ports, this.#family, jobRequests, signal);
    const select = selectNeeded && group.selectBy(selectNeeded);
    const stored = await this.#reservations.create(group.createJobs, signal, select);
    return new Map(
      group.storedOf(stored).map(({ jobRequest, unsent }) => [jobRequest, this.#followNew(unsent, signal)]),
    );
  }

  /** Sends a stored job when it is its turn, and follows it. */
  #followNew({ taskUUID, task, endpoint }: UnsentJob, signal: AbortSignal, onChange?: JobChangeListener): Purchase {
    this.#outbox.add(taskUUID);
    const outcome = this.#followed.follow(taskUUID, signal, onChange, async (stopSignal) => {
      const sendJob = (signal: AbortSignal) =>
        this.#outbox.send(taskUUID, () => sendTask(this.#ports, endpoint, task, signal), signal);
      return this.#followToEnd(taskUUID, endpoint, stopSignal, sendJob).catch((error: unknown) =>
        this.#discardUnsent(taskUUID, error),
      );
    });
    return { id: taskUUID, outcome };
  }

  /**
   * Removes a job that was stopped before it was sent: there is nothing to bill, to poll or to
   * remember.
   */
  async #discardUnsent(id: string, error: unknown): Promise<never> {
    if (isStopped(error) && this.isUnsent(id)) {
      const { journal, log } = { journal: this.journal, log: this.#ports.log };
      await journal
        .remove(id)
        .catch((cause: unknown) => log.warn(`Job ${id}, which was not sent, could not be removed: ${String(cause)}`));
    }
    this.#outbox.remove(id);
    throw error;
  }

  /**
   * Follows a job of the journal to its end. Sends nothing. Pictures that disappeared from the
   * vault before they were kept are downloaded again. Throws like `buy`.
   */
  async checkAgain(id: string, signal: AbortSignal, onChange?: JobChangeListener): Promise<Outcome> {
    return this.#followed.follow(id, signal, onChange, async (stopSignal) => {
      if (await this.journal.removeUnconfirmed(id)) {
        throw neverSentError();
      }
      // A vault that cannot be read must not stop the job: its pictures can be stored elsewhere.
      await reconcile(this.#ports, this.journal, [this.journal.getOrThrow(id)]).catch((error: unknown) =>
        this.#ports.log.warn(`The vault could not be read: ${String(error)}`),
      );
      const job = this.journal.getOrThrow(id);
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

  /** Makes the jobs that are not followed agree with the vault, see `recovery.ts`. */
  recover(): Promise<void> {
    const jobs = this.journal.list().filter(({ taskUUID }) => !this.isFollowed(taskUUID));
    return reconcile(this.#ports, this.journal, jobs);
  }

  /**
   * Copies a picture from the vault to the job's target, or to another one. Resolves to the file's
   * URI.
   */
  async keep(id: string, picture: Picture, target?: Target): Promise<string> {
    const [uri = ""] = await this.#keeper.keepAll(this.journal.getOrThrow(id), [picture], target && { target });
    return uri;
  }

  /**
   * Records that the user has decided which pictures to keep; the others stay in the vault.
   * @throws LimnError if that cannot be stored.
   */
  markSettled(id: string): Promise<void> {
    return this.#updateOrThrow(id, (job) => ({ ...job, settled: true }));
  }

  /**
   * Records that the pictures of a job that were not made are dealt with, and returns their number:
   * 0 if they were before. Of several calls only one gets them.
   *
   * @throws LimnError if that cannot be stored.
   */
  async claimUnmade(id: string): Promise<number> {
    let count = 0;
    await this.#updateOrThrow(id, (job) => {
      count = unmadeCount(job);
      return count === 0 ? job : { ...job, unmadeSettled: true };
    });
    return count;
  }

  /**
   * Records whether the user has dealt with the pictures that were not made.
   * @throws LimnError if that cannot be stored.
   */
  setUnmadeSettled(id: string, unmadeSettled: boolean): Promise<void> {
    return this.#updateOrThrow(id, (job) => ({ ...job, unmadeSettled }));
  }

  /**
   * Changes the user's marks of a picture.
   * @throws LimnError if that cannot be stored.
   */
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

  async #followToEnd(id: string, endpoint: Endpoint, signal: AbortSignal, sendJob?: SendJob): Promise<Outcome> {
    const [ports, journal, limit] = [this.#ports, this.journal, this.#limit];
    const isNew = sendJob !== undefined;
    const copies = this.#keeper.earlyCopies(id);
    const onStored = () => copies.copyStored();
    const pictureStore = new PictureStore({ ports, journal, endpoint, limit, id, signal, isNew, onStored });
    const [durations, poller] = [this.#durations, this.#poller];
    try {
      await follow({ ports, journal, durations, poller, pictureStore, endpoint, id, signal }, sendJob);
      await pictureStore.waitForAll();
      const job = await this.journal.update(id, (current) => ({
        ...current,
        state: isOpen(current) ? (current.pictures.length > 0 ? "done" : "failed") : current.state,
      }));
      return await unlessStopped(this.#keepAndReport(job, copies, pictureStore), signal);
    } catch (error) {
      // In the background: a folder that hangs must not keep the user from stopping the wait.
      void this.#keeper.recordEarly(id, copies);
      throw error;
    }
  }

  async #keepAndReport(job: Job, copies: EarlyCopies, pictureStore: PictureStore): Promise<Outcome> {
    if (job.state === "unknown") {
      throw unknownOutcomeError(job);
    }
    if (job.pictures.length === 0) {
      throw noPicturesError(job);
    }
    if (job.target.keep === "all") {
      const early = await copies.end();
      await this.#keeper.keepAll(job, unkeptPictures(this.journal.getOrThrow(job.taskUUID)), { early });
    }
    await pictureStore.waitForLooks();
    const end = this.journal.getOrThrow(job.taskUUID);
    return { job: end, files: end.pictures.flatMap(({ kept }) => kept), cost: costOf(end) };
  }
}
