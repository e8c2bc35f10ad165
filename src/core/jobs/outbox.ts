import { createConcurrencyLimit } from "../concurrencyLimit.ts";

/**
 * Maximum number of tasks that are sent at a time: each takes a connection, a synchronous one for
 * minutes.
 */
const maxConcurrentSends = 16;

/** Sends a few tasks at a time; the others wait. Nothing of a waiting task has been sent. */
export class Outbox {
  readonly #limit = createConcurrencyLimit(maxConcurrentSends);
  readonly #unsent = new Set<string>();
  readonly #onChange: () => void;

  /** @param onChange Called when a task that had to wait is sent. */
  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  /** Whether nothing of the task has been sent yet. */
  isUnsent(id: string): boolean {
    return this.#unsent.has(id);
  }

  /** Adds a task that will be sent for the first time. */
  add(id: string): void {
    this.#unsent.add(id);
  }

  /** Removes a task that will not be sent. */
  remove(id: string): void {
    this.#unsent.delete(id);
  }

  /**
   * Calls `send` when it is the task's turn. Rejects with the signal's reason if that aborts
   * before.
   */
  send<Result>(id: string, send: () => Promise<Result>, signal: AbortSignal): Promise<Result> {
    let isQueued = false;
    const sent = this.#limit(() => {
      if (this.#unsent.delete(id) && isQueued) {
        this.#onChange();
      }
      return send();
    }, signal);
    // If a slot was free, it has already started.
    isQueued = true;
    return sent;
  }
}
