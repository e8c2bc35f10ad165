import { createConcurrencyLimit } from "../../core/concurrencyLimit.ts";
import { DuplicatePresses } from "../../core/jobs/duplicatePress.ts";
import type { Ports } from "../../core/ports.ts";
import type { PressView } from "../../protocol.ts";

/** How many presses are remembered until the window closes. */
const rememberedPresses = 500;

/** How many of them a snapshot holds, besides those that are not handled yet. */
const snapshotPresses = 20;

/** A press of a button that buys, with the page's id for it. */
export type Press = Omit<PressView, "isHandled">;

/**
 * The presses of the panel's buttons that buy. Each is accepted once; an accidental second press
 * joins the purchase of the first. Purchases are prepared one after the other, so that each one
 * sees the jobs, the budget and the files of the one before.
 */
export class Presses {
  readonly #presses = new Map<string, PressView>();
  readonly #duplicates: DuplicatePresses<void>;
  readonly #queue = createConcurrencyLimit(1);

  constructor(ports: Pick<Ports, "timer">) {
    this.#duplicates = new DuplicatePresses(ports);
  }

  /** Whether the press was accepted before. A known press never buys again. */
  isKnown(id: string): boolean {
    return this.#presses.has(id);
  }

  /**
   * Calls `buy` at once, unless the press repeats a recent one with the same `key`. Resolves or
   * rejects as `buy` does; the press is handled then.
   */
  async accept(press: Press, key: string, buy: () => Promise<void>): Promise<void> {
    this.#set({ ...press, isHandled: false });
    try {
      await this.#duplicates.press(key, buy);
    } finally {
      this.#set({ ...press, isHandled: true });
    }
  }

  /** Marks a press as handled that cannot be accepted. */
  markHandled(press: Press): void {
    this.#set({ ...press, isHandled: true });
  }

  /** Runs a task after all earlier ones have ended. */
  enqueue(task: () => Promise<void>): Promise<void> {
    return this.#queue(task);
  }

  /** The presses for a snapshot: all that are not handled yet, and the last handled ones. */
  view(): readonly PressView[] {
    const all = [...this.#presses.values()];
    return all.filter(({ isHandled }, index) => !isHandled || index >= all.length - snapshotPresses);
  }

  #set(view: PressView): void {
    this.#presses.set(view.id, view);
    const [oldest] = this.#presses.values();
    if (this.#presses.size > rememberedPresses && oldest?.isHandled === true) {
      this.#presses.delete(oldest.id);
    }
  }
}
