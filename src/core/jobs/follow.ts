import { isStopped, LimnError, stoppedError } from "../errors.ts";
import type { Journal } from "../journal/journal.ts";
import type { PictureStore } from "../pictures/pictureStore.ts";
import type { Endpoint, Ports } from "../ports.ts";
import { picturesOfRequest } from "../service/answerBounds.ts";
import type { Answer } from "../service/envelope.ts";
import type { PolledTask, Poller } from "../service/poller.ts";
import type { SendResult } from "../service/send.ts";
import { isStatusAboutTasks } from "../service/serviceError.ts";
import { queryTaskDetails } from "../service/taskDetails.ts";
import { applyUpdate, readTaskUpdate, type TaskUpdate } from "../service/taskUpdate.ts";
import {
  ageOf,
  failureIdleTime,
  type IdleLimits,
  idleLimits,
  lastFailureIdleTime,
  remainingIdleLimits,
  resendIdleTime,
} from "./idleLimits.ts";
import type { Job, Picture } from "./job.ts";
import type { JobDurations } from "./jobDurations.ts";
import { withRefusal } from "./jobErrors.ts";

/** Sends a stored task, always under its own UUID. */
export type SendJob = (signal: AbortSignal) => Promise<SendResult>;

/** What following a job needs. */
export interface FollowContext {
  readonly ports: Ports;
  readonly journal: Journal;
  readonly durations: JobDurations;
  readonly poller: Poller;
  readonly pictureStore: PictureStore;
  readonly endpoint: Endpoint;
  readonly id: string;
  readonly signal: AbortSignal;
}

/**
 * How often a task that may not have arrived is sent again in the session that stored it, always
 * under its own UUID.
 */
const maxResends = 2;

const countResults = (job: Job): number => job.pictures.length + job.failures.length;

/** Whether every requested picture is known or has failed. */
const hasAllResults = (job: Job): boolean => countResults(job) >= job.request.count;

/** Whether every requested picture is known. */
const hasAllPictures = (job: Job): boolean => job.pictures.length >= job.request.count;

/** Whether every requested picture is in the vault. */
const isFullyStored = (job: Job | undefined): boolean =>
  job !== undefined && hasAllPictures(job) && job.pictures.every(({ file }) => file !== undefined);

/** An answer without content. */
const emptyAnswer: Answer = { items: [], errors: [] };

/** Follows one job to its end. */
class Follower {
  readonly #context: FollowContext;
  readonly #sendJob: SendJob | undefined;
  readonly #idleLimits: IdleLimits;
  /** Aborts a send that runs beside the polls. */
  readonly #ended = new AbortController();
  #idleTime = 0;
  /** Milliseconds since the task was sent. */
  #age: number;
  #resendCount = 0;
  /** A repeated send that is running. */
  #resendInProgress: Promise<void> | undefined;

  constructor(context: FollowContext, sendJob: SendJob | undefined) {
    this.#context = context;
    this.#sendJob = sendJob;
    const { journal, ports, id } = context;
    const [job, now] = [journal.get(id), ports.now()];
    this.#idleLimits = sendJob === undefined ? remainingIdleLimits(job, now) : idleLimits;
    this.#age = sendJob === undefined && job !== undefined ? ageOf(job, now) : 0;
  }

  /**
   * Continues a job of an earlier session. Its links are tried at once, because they expire.
   * Resolves to whether the job is complete.
   */
  async resume(): Promise<boolean> {
    const { journal, pictureStore, id } = this.#context;
    const job = await journal.update(id, (current) => ({
      ...current,
      state: current.state === "unknown" ? "running" : current.state,
    }));
    pictureStore.storeAll(job.pictures.filter(({ url }) => url !== undefined).map((picture) => ({ picture })));
    await pictureStore.waitForAll();
    const latest = journal.get(id) ?? job;
    // A picture that was found as a file has no answer yet, so its cost and seed are missing.
    const hasAnswer = ({ url, digest }: Picture) => (url ?? digest) !== undefined;
    return (
      hasAllResults(latest) && latest.pictures.every((picture) => picture.file !== undefined && hasAnswer(picture))
    );
  }

  /** Handles the result of a send; resolves to whether the job has ended. */
  async handleSendResult(sent: SendResult): Promise<boolean> {
    if (sent.outcome === "unsure") {
      return false;
    }
    const { job } = await this.#applyAnswer(sent.answer, sent.status, true);
    // A synchronous answer is final: no poll has more, but `getTaskDetails` may.
    return hasAllPictures(job) || (job.request.deliveryMethod === "sync" && countResults(job) > 0);
  }

  /**
   * Polls, unless the send already brought everything, and waits for the pictures. If some are
   * missing then, `getTaskDetails` is called: it may have another link, an unknown picture, or the
   * news that work is going on.
   */
  async pollAndStore(isAnswered: boolean): Promise<void> {
    const { journal, poller, pictureStore, id, signal } = this.#context;
    let shouldPoll = !isAnswered;
    do {
      if (shouldPoll) {
        await poller.watch(this.#polledTask(), signal, (answer, status, elapsed) =>
          this.#handlePoll(answer, status, elapsed),
        );
      }
      await pictureStore.waitForAll();
      shouldPoll = true;
    } while (!isFullyStored(journal.get(id)) && (await this.#taskDetailsExpectMore()));
    // Another window may know more by now.
    await journal.update(id, (job) => ({ ...job, state: countResults(job) === 0 ? "unknown" : job.state }));
  }

  #polledTask(): PolledTask {
    const { journal, durations, endpoint, id } = this.#context;
    const job = journal.get(id);
    // Until it is known whether the task has arrived, the polls ask for that too.
    const isAccepted = this.#sendJob !== undefined && job?.state === "running";
    return {
      endpoint,
      taskUUID: id,
      expected: picturesOfRequest(job?.request),
      age: () => this.#age,
      firstPollAge: isAccepted ? durations.firstPollAge(job) : 0,
    };
  }

  /** Ends a repeated send that is not needed any more. */
  async dispose(): Promise<void> {
    this.#ended.abort();
    await this.#resendInProgress;
  }

  /**
   * Records what an answer says and starts its downloads. `isKnown`: the answer itself shows that
   * the service has the task.
   */
  async #applyAnswer(answer: Answer, status: number, isKnown = false) {
    const { journal, pictureStore, id } = this.#context;
    const before = journal.get(id);
    const update = await readTaskUpdate(answer, id, status, before);
    const updating = journal.update(id, (current) => ({
      ...applyUpdate(current, update),
      ...this.#firstPictureAfter(current, update),
      state: (isKnown || update.isTaskKnown) && current.state !== "done" ? "running" : current.state,
    }));
    // The downloads need not wait for the record: what they record comes after it.
    pictureStore.storeAll(update.deliveries);
    const job = await updating;
    this.#warnAboutCosts(before, job);
    return { update, job, before, hasGrown: before === undefined || countResults(before) !== countResults(job) };
  }

  /** The duration until the first picture, if this update brings it. */
  #firstPictureAfter({ pictures }: Job, { deliveries }: TaskUpdate): Pick<Job, "firstPictureAfter"> {
    const isTimed = this.#sendJob !== undefined && this.#resendCount === 0 && this.#age > 0;
    return isTimed && pictures.length === 0 && deliveries.length > 0 ? { firstPictureAfter: this.#age } : {};
  }

  /** Logs each cost that is not plausible, once. */
  #warnAboutCosts(before: Job | undefined, { taskUUID, pictures }: Job): void {
    const reported = new Set(before?.pictures.filter((known) => known.claimedCost !== undefined).map(({ id }) => id));
    for (const { id, claimedCost } of pictures) {
      if (claimedCost !== undefined && !reported.has(id)) {
        this.#context.ports.log.warn(
          `Runware says that picture ${id} of job ${taskUUID} cost ${claimedCost} USD. That is not plausible, so the estimate counts instead.`,
        );
      }
    }
  }

  /** Handles one poll; resolves to whether the job has ended. */
  async #handlePoll(answer: Answer | undefined, status: number, elapsed: number): Promise<boolean> {
    this.#age += elapsed;
    const { update, job, before, hasGrown } = await this.#applyAnswer(answer ?? emptyAnswer, status);
    if (before?.firstPictureAfter === undefined) {
      this.#context.durations.add(job);
    }
    if (hasAllPictures(job)) {
      return true;
    }
    // A poll without an answer is about the network, not about the task.
    if (answer === undefined || !(update.isTaskKnown || isStatusAboutTasks(status))) {
      return false;
    }
    this.#idleTime = update.isProcessing || hasGrown ? 0 : this.#idleTime + elapsed;
    if (job.failures.length > 0 && this.#idleTime > (hasAllResults(job) ? lastFailureIdleTime : failureIdleTime)) {
      return true;
    }
    if (this.#resendInProgress !== undefined) {
      return false;
    }
    if (
      this.#sendJob !== undefined &&
      job.state === "sending" &&
      this.#idleTime >= resendIdleTime &&
      this.#resendCount < maxResends
    ) {
      this.#resendInProgress = this.#sendAgain(this.#sendJob);
      return false;
    }
    return this.#idleTime >= this.#idleLimits[job.state === "sending" ? "sending" : "running"];
  }

  /**
   * Sends the task again beside the polls, which show the result: a synchronous answer may take
   * minutes. A refusal says nothing about the first send, which may have been accepted.
   */
  async #sendAgain(sendJob: SendJob): Promise<void> {
    const { signal, id, ports } = this.#context;
    this.#resendCount++;
    this.#idleTime = 0;
    this.#age = 0;
    try {
      await this.handleSendResult(await sendJob(AbortSignal.any([signal, this.#ended.signal])));
    } catch (error) {
      if (!isStopped(error)) {
        ports.log.warn(`Task ${id} could not be sent again: ${String(error)}`);
      }
    } finally {
      this.#resendInProgress = undefined;
    }
  }

  /** Records the answer of `getTaskDetails`; resolves to whether polling should go on. */
  async #taskDetailsExpectMore(): Promise<boolean> {
    this.#idleTime = 0;
    const answer = await queryTaskDetails(this.#context);
    const { update, job, before } = await this.#applyAnswer(answer ?? emptyAnswer, 200, answer !== undefined);
    // If `getTaskDetails` knows a task that may not have arrived, it was accepted and gets the
    // limit of one that was.
    const isFound = answer !== undefined && before?.state === "sending" && countResults(job) === 0;
    return !hasAllPictures(job) && (update.isProcessing || isFound);
  }
}

/**
 * Sends the task for the first time. Only then does a refusal mean that the service does not have
 * it.
 */
async function sendFirst({ journal, id, signal }: FollowContext, sendJob: SendJob): Promise<SendResult> {
  try {
    return await sendJob(signal);
  } catch (error) {
    if (error instanceof LimnError && !isStopped(error)) {
      await journal.update(id, (job) => withRefusal(job, error));
    }
    // If the user stopped waiting, nothing is reported.
    throw signal.aborted ? stoppedError() : error;
  }
}

/**
 * Follows a job until all its pictures are being downloaded, or its outcome is final or cannot be
 * determined. With `sendJob`, sends the job first, and again under the same UUID while it may not
 * have arrived; without it, sends nothing.
 */
export async function follow(context: FollowContext, sendJob?: SendJob): Promise<void> {
  const follower = new Follower(context, sendJob);
  try {
    if (sendJob !== undefined) {
      await follower.pollAndStore(await follower.handleSendResult(await sendFirst(context, sendJob)));
    } else if (!(await follower.resume())) {
      await follower.pollAndStore(false);
    }
  } catch (error) {
    // Running downloads are stored before the error is reported, unless the user stopped waiting.
    await context.pictureStore.waitForAll().catch(() => undefined);
    throw error;
  } finally {
    await follower.dispose();
  }
}
