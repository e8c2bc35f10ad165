import { isStopped, LimnError, stoppedError } from "../errors.ts";
import type { PictureStore } from "../pictures/pictureStore.ts";
import type { Endpoint, Ports } from "../ports.ts";
import type { Answer } from "../service/envelope.ts";
import type { Poller } from "../service/poller.ts";
import type { SendResult } from "../service/send.ts";
import { isStatusAboutTasks } from "../service/serviceError.ts";
import { queryTaskDetails } from "../service/taskDetails.ts";
import { applyUpdate, readTaskUpdate } from "../service/taskUpdate.ts";
import type { Job, Picture } from "./job.ts";
import type { Journal } from "./journal.ts";

/** Sends a task that was written down, always under its own UUID. */
export type SendJob = (signal: AbortSignal) => Promise<SendResult>;

/** What following a job needs. */
export interface FollowContext {
  readonly ports: Ports;
  readonly journal: Journal;
  readonly poller: Poller;
  readonly arrivals: PictureStore;
  readonly endpoint: Endpoint;
  readonly id: string;
  readonly signal: AbortSignal;
}

/**
 * Milliseconds without any sign of the task after which the archive is asked, and after that
 * nothing is expected any more. An accepted task may be silent for long, because an empty answer is
 * what a running one gives; one that was perhaps never accepted may not.
 */
const idleLimits = { sending: 60_000, running: 15 * 60_000 } as const;

/** The least patience, for a job of an earlier session whose time is up: enough for a few polls. */
const minIdleLimit = 20_000;

/**
 * Milliseconds of silence after which fewer failures than pictures were asked for count as the
 * failure of the whole task.
 */
const failureIdleTime = 10_000;

/**
 * How often a task of unsure fate goes out again in the session that wrote it down, always under
 * its own UUID.
 */
const maxResends = 2;

/** Milliseconds of silence before it does: long enough for a slow acceptance to show. */
const resendIdleTime = 4000;

const countResults = (job: Job): number => job.pictures.length + job.failures.length;

/** Everything that was asked for is there or has failed. */
const hasAllResults = (job: Job): boolean => countResults(job) >= job.request.count;

/** As many pictures as were asked for are known of. */
const hasAllPictures = (job: Job): boolean => job.pictures.length >= job.request.count;

/** All that was asked for is in the vault. */
const isFullyStored = (job: Job | undefined): boolean =>
  job !== undefined && hasAllPictures(job) && job.pictures.every(({ file }) => file !== undefined);

/** An answer that says nothing. */
const emptyAnswer: Answer = { items: [], errors: [] };

/** Follows one job from what is known of it to its end. */
class Follower {
  readonly #context: FollowContext;
  readonly #sendJob: SendJob | undefined;
  /** Silence that is borne, in milliseconds. */
  readonly #idleLimits: { readonly sending: number; readonly running: number };
  /** Aborts what goes on beside the polls. */
  readonly #ended = new AbortController();
  #idleTime = 0;
  #resendCount = 0;
  /** A further send that is under way. */
  #resendInProgress: Promise<void> | undefined;

  constructor(context: FollowContext, sendJob: SendJob | undefined) {
    this.#context = context;
    this.#sendJob = sendJob;
    this.#idleLimits = sendJob === undefined ? remainingIdleLimits(context) : idleLimits;
  }

  /**
   * Goes on with a job of an earlier session: links are tried at once, since they do not live for
   * ever. Whether that was all.
   */
  async resume(): Promise<boolean> {
    const { journal, arrivals, id } = this.#context;
    const job = await journal.update(id, (current) => ({
      ...current,
      state: current.state === "unknown" ? "running" : current.state,
    }));
    arrivals.storeAll(job.pictures.filter(({ url }) => url !== undefined).map((picture) => ({ picture })));
    await arrivals.waitForAll();
    const latest = journal.get(id) ?? job;
    // A picture that was found as a file came from no answer: its price and seed are still to be
    // had.
    const hasAnswer = ({ url, digest }: Picture) => (url ?? digest) !== undefined;
    return (
      hasAllResults(latest) && latest.pictures.every((picture) => picture.file !== undefined && hasAnswer(picture))
    );
  }

  /** Hears what a send came to; resolves to whether the job is over. */
  async handleSendResult(sent: SendResult): Promise<boolean> {
    if (sent.outcome === "unsure") {
      return false;
    }
    const { job } = await this.#applyAnswer(sent.answer, sent.status, true);
    // A synchronous answer is final: no poll will tell more, though the archive may.
    return hasAllPictures(job) || (job.request.deliveryMethod === "sync" && countResults(job) > 0);
  }

  /**
   * Polls, unless all was told already, and waits for the pictures. What is missing then is asked
   * of the archive, which has the last word: it may know another link, a picture nobody told of, or
   * that work is going on.
   */
  async pollAndStore(isAnswered: boolean): Promise<void> {
    const { journal, poller, arrivals, endpoint, id, signal } = this.#context;
    let shouldPoll = !isAnswered;
    do {
      if (shouldPoll) {
        const resultCount = journal.get(id)?.request.count ?? 0;
        await poller.watch({ endpoint, taskUUID: id, resultCount }, signal, (answer, status, elapsed) =>
          this.#handlePoll(answer, status, elapsed),
        );
      }
      await arrivals.waitForAll();
      shouldPoll = true;
    } while (!isFullyStored(journal.get(id)) && (await this.#taskDetailsExpectMore()));
    // Another window may have heard more in the meantime.
    await journal.update(id, (job) => ({ ...job, state: countResults(job) === 0 ? "unknown" : job.state }));
  }

  /** Ends what still goes on: a send that nobody needs any more. */
  async dispose(): Promise<void> {
    this.#ended.abort();
    await this.#resendInProgress;
  }

  /**
   * Notes what an answer says and starts its downloads. `known`: the answer itself shows that the
   * service has the task.
   */
  async #applyAnswer(answer: Answer, status: number, isKnown = false) {
    const { journal, arrivals, id } = this.#context;
    const before = journal.get(id);
    const update = await readTaskUpdate(answer, id, status, before);
    const updating = journal.update(id, (current) => ({
      ...applyUpdate(current, update),
      state: (isKnown || update.isTaskKnown) && current.state !== "done" ? "running" : current.state,
    }));
    // They need not wait for the note: what they note themselves comes after it.
    arrivals.storeAll(update.deliveries);
    const job = await updating;
    this.#warnAboutCosts(before, job);
    return { news: update, job, before, hasGrown: before === undefined || countResults(before) !== countResults(job) };
  }

  /** Names costs that cannot be, once each. */
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

  /** Hears one poll; resolves to whether the job is over. */
  async #handlePoll(answer: Answer | undefined, status: number, elapsed: number): Promise<boolean> {
    const { news: update, job, hasGrown } = await this.#applyAnswer(answer ?? emptyAnswer, status);
    if (hasAllPictures(job)) {
      return true;
    }
    // A poll without an answer says something about the network and nothing about the task.
    if (answer === undefined || !(update.isTaskKnown || isStatusAboutTasks(status))) {
      return false;
    }
    this.#idleTime = update.isProcessing || hasGrown ? 0 : this.#idleTime + elapsed;
    // One fault may be told twice, and before the pictures are: failures are believed when a
    // further look shows nothing new.
    if (job.failures.length > 0 && this.#idleTime > (hasAllResults(job) ? 0 : failureIdleTime)) {
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
   * Sends again beside the polls, which tell what came of it: a synchronous answer may take
   * minutes. A refusal now says nothing about the first send, which may have been accepted.
   */
  async #sendAgain(sendJob: SendJob): Promise<void> {
    const { signal, id, ports } = this.#context;
    this.#resendCount++;
    this.#idleTime = 0;
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

  /**
   * Notes what the archive has of the task; resolves to whether there is reason to go on polling.
   */
  async #taskDetailsExpectMore(): Promise<boolean> {
    this.#idleTime = 0;
    const answer = await queryTaskDetails(this.#context);
    const { news: update, job, before } = await this.#applyAnswer(answer ?? emptyAnswer, 200, answer !== undefined);
    // A task of unsure fate that the archive knows was accepted, and has the patience of one that
    // was.
    const isFound = answer !== undefined && before?.state === "sending" && countResults(job) === 0;
    return !hasAllPictures(job) && (update.isProcessing || isFound);
  }
}

/**
 * The silence that is borne for a job of an earlier session. A clock that was set meanwhile can
 * shorten it, and nothing else.
 */
function remainingIdleLimits({ journal, ports, id }: FollowContext): {
  readonly sending: number;
  readonly running: number;
} {
  const { createdAt = 0, state } = journal.get(id) ?? {};
  const age = Math.max(0, ports.now() - createdAt);
  const remaining = (limit: number) => (state === "unknown" ? minIdleLimit : Math.max(limit - age, minIdleLimit));
  return { sending: remaining(idleLimits.sending), running: remaining(idleLimits.running) };
}

/**
 * The job as it ends with a refusal of its first send. Whether a refusal of unknown kind is one at
 * all is not known.
 */
function withRefusal(job: Job, { kind, billed, code = "", message, field }: LimnError): Job {
  return kind === "unexpected" && billed === "maybe"
    ? { ...job, state: "unknown" }
    : { ...job, state: "failed", failures: [{ code, message, billed, ...(field === undefined ? {} : { field }) }] };
}

/**
 * Sends the task for the first time: only now does a refusal tell that nothing of it can be
 * anywhere.
 */
async function sendFirst({ journal, id, signal }: FollowContext, sendJob: SendJob): Promise<SendResult> {
  try {
    return await sendJob(signal);
  } catch (error) {
    if (error instanceof LimnError && !isStopped(error)) {
      await journal.update(id, (job) => withRefusal(job, error));
    }
    // Who stopped waiting wants to hear no more of it.
    throw signal.aborted ? stoppedError() : error;
  }
}

/**
 * Follows a job until all its pictures are on their way or it is known, or cannot be known, what
 * became of it. With `resend`, the session that wrote the job down sends it first, and again under
 * the same UUID while its fate is unsure; without, nothing is sent.
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
    // Pictures on their way come in before anybody hears of the fault. Who stopped waiting does not
    // wait for them.
    await context.arrivals.waitForAll().catch(() => undefined);
    throw error;
  } finally {
    await follower.dispose();
  }
}
