import type { JobView, Snapshot } from "../../protocol.ts";

/** A discarded picture that the sheet offers to restore. */
export interface UndoableDiscard {
  readonly number: number;
  readonly job: JobView;
}

/**
 * Which discard the sheet offers to undo: the last one that the host knows, until the user does
 * something else in this view of the panel.
 */
export class UndoOffer {
  readonly #dismissed = new Set<number>();

  /** What to offer now. */
  current({ lastDiscarded, jobs }: Snapshot): UndoableDiscard | undefined {
    const job = jobs.find(({ id }) => id === lastDiscarded?.job);
    return job === undefined || lastDiscarded === undefined || this.#dismissed.has(lastDiscarded.number)
      ? undefined
      : { number: lastDiscarded.number, job };
  }

  /** Stops offering this one. */
  dismiss(discard: UndoableDiscard | undefined): void {
    if (discard !== undefined) {
      this.#dismissed.add(discard.number);
    }
  }
}
