import { createConcurrencyLimit } from "../concurrencyLimit.ts";

/** Tasks that are being sent at a time: each takes a connection, a synchronous one for minutes. */
const maxConcurrentSends = 16;

/**
 * Tasks on their way out: a few at a time, the others wait. Until its turn comes, nothing of a task
 * has been sent.
 */
export class Outbox {
  readonly #limit = createConcurrencyLimit(maxConcurrentSends);
  readonly #unsent = new Set<string>();
  readonly #onChange: () => void;

  /** @param onChange Called when the turn of a task comes that had to wait. */
  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  /** Whether nothing of the task has been sent yet. */
  isUnsent(id: string): boolean {
    return this.#unsent.has(id);
  }

  /** Notes a task that will be sent for the first time. */
  add(id: string): void {
    this.#unsent.add(id);
  }

  /** Forgets a task that is not going to be sent any more. */
  remove(id: string): void {
    this.#unsent.delete(id);
  }

  /**
   * Runs `send` when the task's turn comes; rejects with the signal's reason if that aborts before.
   */
  send<Result>(id: string, send: () => Promise<Result>, signal: AbortSignal): Promise<Result> {
    let isQueued = false;
    const sent = this.#limit(() => {
      if (this.#unsent.delete(id) && isQueued) {
        this.#onChange();
      }
      return send();
    }, signal);
    // With a place free, it has begun already.
    isQueued = true;
    return sent;
  }
}
