import { LimnError, stoppedError } from "../errors.ts";
import type { Endpoint, Ports } from "../ports.ts";
import { type AnswerBounds, boundsFor, type ExpectedPictures, expectedPictures } from "./answerBounds.ts";
import { AnswerTooLargeError } from "./answerReader.ts";
import { type CallOptions, post, TransportError } from "./client.ts";
import type { Answer } from "./envelope.ts";
import { defaultPollingInterval, nextInterval, type PollingInterval } from "./pollingInterval.ts";
import { maxRetryAfter } from "./retryAfter.ts";
import { errorKind, isStatusAboutTasks, type ServiceError, toLimnError } from "./serviceError.ts";

/**
 * Called with the answer of a poll, `undefined` for a poll without one, and the milliseconds since
 * the poll before. They count completed pauses only, so they are never too many, whatever happens
 * to the clock. Resolves to whether the task has ended. The next poll waits for it.
 */
export type PollListener = (answer: Answer | undefined, status: number, elapsed: number) => Promise<boolean>;

/** A task to poll for. */
export interface PolledTask {
  readonly endpoint: Endpoint;
  readonly taskUUID: string;
  /** The requested pictures. */
  readonly expected: ExpectedPictures;
  /** Returns the milliseconds since the task was sent. */
  readonly age: () => number;
  /** The age in milliseconds until which only other tasks are a reason to poll. */
  readonly firstPollAge: number;
}

interface WatchedTask extends PolledTask {
  readonly onAnswer: PollListener;
  readonly settle: (error?: unknown) => void;
  /** Milliseconds from the latest poll to the next one. */
  interval: number;
  /** Milliseconds of completed pauses since the latest poll. */
  elapsed: number;
}

/** Maximum number of tasks in one request. */
const maxBatchSize = 100;

/** Milliseconds without data before a poll is given up. */
const idleTimeoutMs = 60_000;

/**
 * Maximum number of bytes of an answer about several tasks. It may contain pictures; if it is
 * larger, fewer tasks are polled at a time.
 */
const maxBatchBytes = 64_000_000;

/** Bounds of an answer about these tasks. */
function boundsOf(batch: readonly WatchedTask[]): AnswerBounds {
  const sum = (quantity: (expected: ExpectedPictures) => number) =>
    batch.reduce((total, { expected }) => total + quantity(expected), 0);
  // One more for each task than was requested.
  const spare = expectedPictures(batch.length);
  const bounds = boundsFor({
    count: sum(({ count }) => count) + spare.count,
    bytes: sum(({ bytes }) => bytes) + spare.bytes,
  });
  return batch.length === 1 ? bounds : { ...bounds, bytes: Math.min(bounds.bytes, maxBatchBytes) };
}

/**
 * The refusal of a whole poll. A bare 401 is about the key. A bare 403 does not count, because
 * overloaded gateways send it for a while.
 */
function refusalOf(answer: Answer | undefined, status: number, watched: WatchedTask): ServiceError | undefined {
  if (answer === undefined) {
    return status === 401 ? { code: "", message: "HTTP 401", parameters: [] } : undefined;
  }
  return answer.errors.find(
    ({ taskUUID = watched.taskUUID, code }) =>
      taskUUID === watched.taskUUID && ["key", "permission"].includes(errorKind(code, status)),
  );
}

/** Milliseconds until the task is due, if it was just polled. */
const dueIn = ({ interval, firstPollAge, age }: WatchedTask): number => Math.max(interval, firstPollAge - age());

/**
 * Polls for all running tasks together, and only while there are any. The task that is due first,
 * usually the youngest, decides when.
 */
export class Poller {
  readonly #ports: Ports;
  readonly #pollingInterval: PollingInterval;
  readonly #watched = new Set<WatchedTask>();
  /** Milliseconds of the current pause; 0 if there is none. */
  #pause = 0;
  /** Milliseconds that the latest polls have taken. */
  #pollTime = 0;
  /** Milliseconds that the service asked to wait. */
  #retryAfter = 0;
  #batchSize = maxBatchSize;
  /** Aborts the current pause or request. */
  #round = new AbortController();
  #isRunning = false;

  constructor(ports: Ports, pollingInterval: PollingInterval = defaultPollingInterval) {
    this.#ports = ports;
    this.#pollingInterval = pollingInterval;
  }

  /**
   * Polls for a task until `onAnswer` says that it has ended.
   * @throws what `onAnswer` throws; LimnError if the key is refused, and of kind `stopped` as soon
   * as the signal aborts.
   */
  watch(task: PolledTask, signal: AbortSignal, onAnswer: PollListener): Promise<void> {
    return new Promise((resolve, reject) => {
      const settle = (error?: unknown) => {
        signal.removeEventListener("abort", stop);
        this.#watched.delete(watched);
        if (this.#watched.size === 0) {
          this.#round.abort();
        }
        return error === undefined ? resolve() : reject(error);
      };
      const stop = () => settle(stoppedError());
      const watched: WatchedTask = { ...task, onAnswer, settle, interval: this.#pollingInterval.min, elapsed: 0 };
      if (signal.aborted) {
        return reject(stoppedError());
      }
      signal.addEventListener("abort", stop, { once: true });
      this.#watched.add(watched);
      if (!this.#isRunning) {
        this.#isRunning = true;
        void this.#run();
      } else if (this.#pauseFor([watched]) < this.#pause) {
        // It is due before the others, so the pause is planned again.
        this.#round.abort();
      }
    });
  }

  async #run(): Promise<void> {
    while (this.#watched.size > 0) {
      this.#round = new AbortController();
      try {
        await this.#sleep();
        const startedAt = this.#ports.now();
        await this.#pollAll();
        this.#pollTime = this.#ports.now() - startedAt;
      } catch (error) {
        // There are no tasks any more, or a new round starts with the remaining ones.
        this.#ports.log.debug(`A round of polling ended early: ${String(error)}`);
      }
    }
    this.#isRunning = false;
    [this.#pollTime, this.#retryAfter, this.#batchSize] = [0, 0, maxBatchSize];
  }

  /** Waits until a task is due. A task that is added meanwhile has not waited for all of it. */
  async #sleep(): Promise<void> {
    const waiting = [...this.#watched];
    const pause = this.#pauseFor(waiting);
    this.#pause = pause;
    try {
      await this.#ports.sleep(pause, this.#round.signal);
    } finally {
      this.#pause = 0;
    }
    this.#retryAfter = 0;
    for (const watched of waiting) {
      watched.elapsed += pause;
    }
  }

  /**
   * Milliseconds to wait for the first of these tasks. An interval starts with the request, so that
   * a slow network does not lengthen it; half of it is left in any case, so that neither a slow
   * service nor a changed clock lets polls follow at once.
   */
  #pauseFor(tasks: readonly WatchedTask[]): number {
    const interval = Math.min(...tasks.map(dueIn));
    const pollTime = Math.min(Math.max(this.#pollTime, 0), interval / 2);
    return Math.max(interval - pollTime, this.#retryAfter);
  }

  async #pollAll(): Promise<void> {
    const groups = Map.groupBy(this.#watched, ({ endpoint: { url, key } }) => `${url} ${key}`);
    for (const group of groups.values()) {
      const size = this.#batchSize;
      for (let start = 0; start < group.length; start += size) {
        await this.#poll(group.slice(start, start + size));
      }
    }
  }

  async #poll(batch: readonly WatchedTask[]): Promise<void> {
    const [first] = batch;
    if (first === undefined) {
      return;
    }
    const options: CallOptions = {
      signal: this.#round.signal,
      idleTimeout: idleTimeoutMs,
      bounds: boundsOf(batch),
    };
    const tasks = batch.map(({ taskUUID }) => ({ taskType: "getResponse", taskUUID }));
    let answer: Answer | undefined;
    let status = 0;
    try {
      const reply = await post(this.#ports, first.endpoint, tasks, options);
      ({ answer, status } = reply);
      this.#retryAfter = Math.max(this.#retryAfter, Math.min(reply.retryAfter ?? 0, maxRetryAfter));
    } catch (error) {
      if (options.signal.aborted) {
        throw error;
      }
      if (error instanceof LimnError) {
        for (const watched of batch) {
          watched.settle(error);
        }
        return;
      }
      if (error instanceof TransportError && error.cause instanceof AnswerTooLargeError) {
        this.#batchSize = Math.max(1, Math.floor(batch.length / 2));
        if (batch.length === 1) {
          // No request can be smaller. It counts as an empty answer, or the job would never end.
          [answer, status] = [{ items: [], errors: [] }, 200];
        }
      }
      this.#ports.log.warn(`A poll got no answer: ${error instanceof Error ? error.message : String(error)}`);
    }
    await Promise.all(batch.map((watched) => this.#passAnswer(watched, answer, status)));
    const isAnswered = answer !== undefined && isStatusAboutTasks(status);
    for (const watched of batch) {
      watched.interval = nextInterval(watched.interval, watched.age(), isAnswered, this.#pollingInterval);
    }
  }

  async #passAnswer(watched: WatchedTask, answer: Answer | undefined, status: number): Promise<void> {
    const refusal = refusalOf(answer, status, watched);
    const { elapsed } = watched;
    watched.elapsed = 0;
    try {
      if (refusal !== undefined) {
        // The poll was refused, not the task, which may have been billed long ago.
        throw toLimnError(refusal, status, watched.endpoint.name, "maybe");
      }
      if (await watched.onAnswer(answer, status, elapsed)) {
        watched.settle();
      }
    } catch (error) {
      watched.settle(error);
    }
  }
}
