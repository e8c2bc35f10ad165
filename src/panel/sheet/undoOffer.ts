import type { Snapshot } from "../../protocol.ts";

/** The last discard, which the sheet offers to undo. */
export type UndoableDiscard = Pick<NonNullable<Snapshot["lastDiscarded"]>, "number" | "prompt" | "others">;

/**
 * Which discard the sheet offers to undo: the last one that the host knows, until the user does
 * something else in this view of the panel.
 */
export class UndoOffer {
  readonly #dismissed = new Set<number>();

  /** What to offer now: the same object while it is the same discard. */
  current({ lastDiscarded }: Pick<Snapshot, "lastDiscarded">): UndoableDiscard | undefined {
    return lastDiscarded === undefined || this.#dismissed.has(lastDiscarded.number) ? undefined : lastDiscarded;
  }

  /** Stops offering this one. */
  dismiss(discard: UndoableDiscard | undefined): void {
    if (discard !== undefined) {
      this.#dismissed.add(discard.number);
    }
  }
}
