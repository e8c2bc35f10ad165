import type { JobView, Snapshot } from "../../protocol.ts";

/** A discarded picture that is offered back. */
export interface UndoableDiscard {
  readonly number: number;
  readonly job: JobView;
}

/**
 * The discard that is offered back: the last one the host knows, in every view of the panel, until
 * the user has gone on to something else in this one.
 */
export class UndoOffer {
  readonly #dismissed = new Set<number>();

  /** What is offered now. */
  current({ lastDiscarded, jobs }: Snapshot): UndoableDiscard | undefined {
    const job = jobs.find(({ id }) => id === lastDiscarded?.job);
    return job === undefined || lastDiscarded === undefined || this.#dismissed.has(lastDiscarded.number)
      ? undefined
      : { number: lastDiscarded.number, job };
  }

  /** Does not offer this one any more. */
  dismiss(discard: UndoableDiscard | undefined): void {
    if (discard !== undefined) {
      this.#dismissed.add(discard.number);
    }
  }
}
