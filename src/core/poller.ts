import { type AnswerBounds, boundsFor, TooLarge } from "./answerReader.ts";
import { type CallOptions, post, TransportError } from "./client.ts";
import type { Answer } from "./envelope.ts";
import { LimnError, stopped } from "./errors.ts";
import type { Endpoint, Ports } from "./ports.ts";
import { errorKind, type ServiceError, toLimnError } from "./serviceError.ts";

/** How often is asked: the pause before the first poll, the factor it grows by, and its limit, in milliseconds. */
export interface Pace {
  readonly first: number;
  readonly factor: number;
  readonly max: number;
}

/** The cadence of the vendor's own clients: 1 s, growing by half to 10 s. */
const usualPace: Pace = { first: 1000, factor: 1.5, max: 10_000 };

/**
 * Hears the answer of a poll and the milliseconds that had passed since the one before; resolves to whether the task is over, and
 * soon, because the next poll waits for it. `undefined` stands for a poll that got no answer.
 */
export type Hear = (answer: Answer | undefined, status: number, waited: number) => Promise<boolean>;

interface Watched {
  readonly endpoint: Endpoint;
  readonly taskUUID: string;
  /** Number of pictures that were asked for. */
  readonly results: number;
  readonly hear: Hear;
  readonly settle: (error?: unknown) => void;
}

/** Most tasks that are asked for in one request. */
const batchSize = 100;

/** Longest wait in milliseconds that the service may ask for. */
const longestPause = 60_000;

/** Milliseconds of silence that a poll bears. */
const patience = 60_000;

/** Most bytes read of an answer about several tasks. Pictures may lie in it: then fewer tasks are asked for at a time. */
const batchLimit = 64_000_000;

/** What an answer about these tasks can bring. */
function boundsOf(batch: readonly Watched[]): AnswerBounds {
  const bounds = boundsFor(batch.reduce((sum, { results }) => sum + results, batch.length));
  return batch.length === 1 ? bounds : { ...bounds, bytes: Math.min(bounds.bytes, batchLimit) };
}

/**
 * The refusal of a whole poll. A bare 401 is about the key; a bare 403 is not believed, since gateways under load answer so, and for a
 * while.
 */
function refusalOf(answer: Answer | undefined, status: number, watched: Watched): ServiceError | undefined {
  if (answer === undefined) {
    return status === 401 ? { code: "", message: "HTTP 401", parameters: [] } : undefined;
  }
  return answer.errors.find(
    ({ taskUUID = watched.taskUUID, code }) =>
      taskUUID === watched.taskUUID && ["key", "permission"].includes(errorKind(code, status)),
  );
}

/** Asks for all running tasks together, and only while there are any. */
export class Poller {
  readonly #ports: Ports;
  readonly #pace: Pace;
  readonly #watched = new Set<Watched>();
  #pause: number;
  #batchSize = batchSize;
  /** Aborts the sleep or the request under way. */
  #round = new AbortController();
  #running = false;

  constructor(ports: Ports, pace: Pace = usualPace) {
    this.#ports = ports;
    this.#pace = pace;
    this.#pause = pace.first;
  }

  /**
   * Polls for a task until `hear` says that it is over. Rejects with what `hear` throws, with a `LimnError` where the key is
   * refused, and with kind `stopped` as soon as the signal aborts.
   */
  watch(task: Pick<Watched, "endpoint" | "taskUUID" | "results">, signal: AbortSignal, hear: Hear): Promise<void> {
    return new Promise((resolve, reject) => {
      const settle = (error?: unknown) => {
        signal.removeEventListener("abort", stop);
        this.#watched.delete(watched);
        if (this.#watched.size === 0) {
          this.#round.abort();
        }
        return error === undefined ? resolve() : reject(error);
      };
      const stop = () => settle(stopped());
      const watched: Watched = { ...task, hear, settle };
      if (signal.aborted) {
        return reject(stopped());
      }
      signal.addEventListener("abort", stop, { once: true });
      this.#watched.add(watched);
      this.#hurry();
    });
  }

  /** A new task is young: the pace starts anew for all. */
  #hurry(): void {
    this.#pause = this.#pace.first;
    if (!this.#running) {
      this.#running = true;
      void this.#run();
    }
  }

  async #run(): Promise<void> {
    while (this.#watched.size > 0) {
      this.#round = new AbortController();
      const pause = this.#pause;
      this.#pause = Math.min(pause * this.#pace.factor, this.#pace.max);
      try {
        await this.#ports.sleep(pause, this.#round.signal);
        await this.#pollAll(pause);
      } catch (error) {
        // Nobody is waiting any more, or a new round starts with those who are.
        this.#ports.log.debug(`A round of polling ended early: ${String(error)}`);
      }
    }
    this.#running = false;
    this.#batchSize = batchSize;
  }

  async #pollAll(waited: number): Promise<void> {
    const groups = Map.groupBy(this.#watched, ({ endpoint: { url, key } }) => `${url} ${key}`);
    for (const group of groups.values()) {
      const size = this.#batchSize;
      for (let start = 0; start < group.length; start += size) {
        await this.#poll(group.slice(start, start + size), waited);
      }
    }
  }

  async #poll(batch: readonly Watched[], waited: number): Promise<void> {
    const [first] = batch;
    if (first === undefined) {
      return;
    }
    const options: CallOptions = {
      signal: this.#round.signal,
      timeout: patience,
      bounds: boundsOf(batch),
    };
    const tasks = batch.map(({ taskUUID }) => ({ taskType: "getResponse", taskUUID }));
    let answer: Answer | undefined;
    let status = 0;
    try {
      const reply = await post(this.#ports, first.endpoint, tasks, options);
      ({ answer, status } = reply);
      this.#pause = Math.max(this.#pause, Math.min(reply.retryAfter ?? 0, longestPause));
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
      if (error instanceof TransportError && error.cause instanceof TooLarge) {
        this.#batchSize = Math.max(1, Math.floor(batch.length / 2));
        if (batch.length === 1) {
          // No question is smaller. It counts as an answer that says nothing, or the job would never end.
          [answer, status] = [{ items: [], errors: [] }, 200];
        }
      }
      this.#ports.log.warn(`A poll got no answer: ${error instanceof Error ? error.message : String(error)}`);
    }
    await Promise.all(batch.map((watched) => this.#tell(watched, answer, status, waited)));
  }

  async #tell(watched: Watched, answer: Answer | undefined, status: number, waited: number): Promise<void> {
    const refusal = refusalOf(answer, status, watched);
    try {
      if (refusal !== undefined) {
        // The question was refused, not the task: that may have been billed long ago.
        throw toLimnError(refusal, status, "maybe");
      }
      if (await watched.hear(answer, status, waited)) {
        watched.settle();
      }
    } catch (error) {
      watched.settle(error);
    }
  }
}
