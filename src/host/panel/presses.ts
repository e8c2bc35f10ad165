import { createConcurrencyLimit } from "../../core/concurrencyLimit.ts";
import { DuplicatePresses } from "../../core/jobs/duplicatePress.ts";
import type { Ports } from "../../core/ports.ts";
import type { PressView } from "../../protocol.ts";

/** How many ids are remembered until the window closes, and how many of them the page gets. */
const rememberedPresses = 500;
const snapshotPresses = 20;

/** Which button was pressed, by the page's own id for the press. */
export type Press = Omit<PressView, "isHandled">;

/**
 * The presses of the panel's buttons that buy. Each is accepted once, and a slip of the hand joins
 * the purchase it repeats. Purchases are prepared one after the other, so that each finds the jobs,
 * the budget and the files that the one before left.
 */
export class Presses {
  readonly #presses = new Map<string, PressView>();
  readonly #duplicates: DuplicatePresses<void>;
  readonly #queue = createConcurrencyLimit(1);

  constructor(ports: Pick<Ports, "timer">) {
    this.#duplicates = new DuplicatePresses(ports);
  }

  /** Whether the press was accepted before: whatever brings it again, it buys nothing. */
  isKnown(id: string): boolean {
    return this.#presses.has(id);
  }

  /**
   * Calls `buy` at once, unless the press repeats one of a moment ago with the same `key`. Resolves
   * when the purchase is under way, and rejects as `buy` does. Either way the press is handled
   * then.
   */
  async accept(press: Press, key: string, buy: () => Promise<void>): Promise<void> {
    this.#set({ ...press, isHandled: false });
    try {
      await this.#duplicates.press(key, buy);
    } finally {
      this.#set({ ...press, isHandled: true });
    }
  }

  /** Notes a press that cannot be done. */
  markHandled(press: Press): void {
    this.#set({ ...press, isHandled: true });
  }

  /** Runs a task when those before it have ended. */
  enqueue(task: () => Promise<void>): Promise<void> {
    return this.#queue(task);
  }

  /** For the snapshot: the last presses, and all that are not handled yet. */
  view(): readonly PressView[] {
    const all = [...this.#presses.values()];
    return all.filter(({ isHandled: handled }, index) => !handled || index >= all.length - snapshotPresses);
  }

  #set(view: PressView): void {
    this.#presses.set(view.id, view);
    const [oldest] = this.#presses.values();
    if (this.#presses.size > rememberedPresses && oldest?.isHandled === true) {
      this.#presses.delete(oldest.id);
    }
  }
}
