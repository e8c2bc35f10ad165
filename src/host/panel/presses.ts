import { DuplicatePresses } from "../../core/duplicatePress.ts";
import { createLimit } from "../../core/limit.ts";
import type { Ports } from "../../core/ports.ts";
import type { PressView } from "../../protocol.ts";

/** How many ids are remembered until the window closes, and how many of them the page gets. */
const remembered = 500;
const shown = 20;

/** Which button was pressed, by the page's own id for the press. */
export type Press = Omit<PressView, "handled">;

/**
 * The presses of the panel's buttons that buy. Each is accepted once, and a slip of the hand joins
 * the purchase it repeats. Purchases are prepared one after the other, so that each finds the jobs,
 * the budget and the files that the one before left.
 */
export class Presses {
  readonly #known = new Map<string, PressView>();
  readonly #duplicates: DuplicatePresses<void>;
  readonly #turn = createLimit(1);

  constructor(ports: Pick<Ports, "alarm">) {
    this.#duplicates = new DuplicatePresses(ports);
  }

  /** Whether the press was accepted before: whatever brings it again, it buys nothing. */
  has(id: string): boolean {
    return this.#known.has(id);
  }

  /**
   * Calls `buy` at once, unless the press repeats one of a moment ago with the same `key`. Resolves
   * when the purchase is under way, and rejects as `buy` does. Either way the press is handled then.
   */
  async accept(press: Press, key: string, buy: () => Promise<void>): Promise<void> {
    this.#note({ ...press, handled: false });
    try {
      await this.#duplicates.press(key, buy);
    } finally {
      this.#note({ ...press, handled: true });
    }
  }

  /** Notes a press that cannot be done. */
  drop(press: Press): void {
    this.#note({ ...press, handled: true });
  }

  /** Runs a task when those before it have ended. */
  inTurn(task: () => Promise<void>): Promise<void> {
    return this.#turn(task);
  }

  /** For the snapshot: the last presses, and all that are not handled yet. */
  view(): readonly PressView[] {
    const all = [...this.#known.values()];
    return all.filter(({ handled }, index) => !handled || index >= all.length - shown);
  }

  #note(view: PressView): void {
    this.#known.set(view.id, view);
    const [oldest] = this.#known.values();
    if (this.#known.size > remembered && oldest?.handled === true) {
      this.#known.delete(oldest.id);
    }
  }
}
