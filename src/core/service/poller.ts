import { LimnError, stoppedError } from "../errors.ts";
import type { Endpoint, Ports } from "../ports.ts";
import { type AnswerBounds, boundsFor, type ExpectedPictures, expectedPictures } from "./answerBounds.ts";
import { AnswerTooLargeError } from "./answerReader.ts";
import { type CallOptions, post, TransportError } from "./client.ts";
import type { Answer } from "./envelope.ts";
import { maxRetryAfter } from "./retryAfter.ts";
import { errorKind, type ServiceError, toLimnError } from "./serviceError.ts";

/** The polling interval: first delay, growth factor and longest delay. Milliseconds. */
export interface PollingInterval {
  readonly initial: number;
  readonly factor: number;
  readonly max: number;
}

/** The interval of the vendor's own clients: 1 s, growing by half up to 10 s. */
const defaultPollingInterval: PollingInterval = { initial: 1000, factor: 1.5, max: 10_000 };

/**
 * Called with the answer of a poll and the milliseconds since the poll before; `undefined` for a
 * poll without an answer. Resolves to whether the task has ended. The next poll waits for it.
 */
export type PollListener = (answer: Answer | undefined, status: number, elapsed: number) => Promise<boolean>;

interface WatchedTask {
  readonly endpoint: Endpoint;
  readonly taskUUID: string;
  /** The requested pictures. */
  readonly expected: ExpectedPictures;
  readonly onAnswer: PollListener;
  readonly settle: (error?: unknown) => void;
}

/** Most tasks in one request. */
const maxBatchSize = 100;

/** Milliseconds without data before a poll is given up. */
const idleTimeoutMs = 60_000;

/**
 * Most bytes of an answer about several tasks. It may contain pictures; if it is larger, fewer
 * tasks are polled at a time.
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

/** Polls for all running tasks together, and only while there are any. */
export class Poller {
  readonly #ports: Ports;
  readonly #pollingInterval: PollingInterval;
  readonly #watched = new Set<WatchedTask>();
  #interval: number;
  #batchSize = maxBatchSize;
  /** Aborts the current sleep or request. */
  #round = new AbortController();
  #isRunning = false;

  constructor(ports: Ports, pollingInterval: PollingInterval = defaultPollingInterval) {
    this.#ports = ports;
    this.#pollingInterval = pollingInterval;
    this.#interval = pollingInterval.initial;
  }

  /**
   * Polls for a task until `onAnswer` says that it has ended.
   * @throws what `onAnswer` throws; LimnError if the key is refused, and of kind `stopped` as soon
   * as the signal aborts.
   */
  watch(
    task: Pick<WatchedTask, "endpoint" | "taskUUID" | "expected">,
    signal: AbortSignal,
    onAnswer: PollListener,
  ): Promise<void> {
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
      const watched: WatchedTask = { ...task, onAnswer, settle };
      if (signal.aborted) {
        return reject(stoppedError());
      }
      signal.addEventListener("abort", stop, { once: true });
      this.#watched.add(watched);
      this.#resetInterval();
    });
  }

  /** Starts again with the shortest interval, because there is a new task. */
  #resetInterval(): void {
    this.#interval = this.#pollingInterval.initial;
    if (!this.#isRunning) {
      this.#isRunning = true;
      void this.#run();
    }
  }

  async #run(): Promise<void> {
    while (this.#watched.size > 0) {
      this.#round = new AbortController();
      const interval = this.#interval;
      this.#interval = Math.min(interval * this.#pollingInterval.factor, this.#pollingInterval.max);
      try {
        await this.#ports.sleep(interval, this.#round.signal);
        await this.#pollAll(interval);
      } catch (error) {
        // There are no tasks any more, or a new round starts with the remaining ones.
        this.#ports.log.debug(`A round of polling ended early: ${String(error)}`);
      }
    }
    this.#isRunning = false;
    this.#batchSize = maxBatchSize;
  }

  async #pollAll(elapsed: number): Promise<void> {
    const groups = Map.groupBy(this.#watched, ({ endpoint: { url, key } }) => `${url} ${key}`);
    for (const group of groups.values()) {
      const size = this.#batchSize;
      for (let start = 0; start < group.length; start += size) {
        await this.#poll(group.slice(start, start + size), elapsed);
      }
    }
  }

  async #poll(batch: readonly WatchedTask[], elapsed: number): Promise<void> {
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
      this.#interval = Math.max(this.#interval, Math.min(reply.retryAfter ?? 0, maxRetryAfter));
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
    await Promise.all(batch.map((watched) => this.#passAnswer(watched, answer, status, elapsed)));
  }

  async #passAnswer(watched: WatchedTask, answer: Answer | undefined, status: number, elapsed: number): Promise<void> {
    const refusal = refusalOf(answer, status, watched);
    try {
      if (refusal !== undefined) {
        // The poll was refused, not the task, which may have been billed long ago.
        throw toLimnError(refusal, status, "maybe");
      }
      if (await watched.onAnswer(answer, status, elapsed)) {
        watched.settle();
      }
    } catch (error) {
      watched.settle(error);
    }
  }
}
