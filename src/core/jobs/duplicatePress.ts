import type { Ports, Timer } from "../ports.ts";

/**
 * Milliseconds of one beat, and how many must pass after the last press: a little more than a
 * second together.
 */
const tickInterval = 100;
const quietTicks = 11;

/** An order that was pressed a moment ago. */
interface RecentPress<Result> {
  readonly result: Promise<Result>;
  /** Whether the purchase is under way: before that no time makes the same press a new order. */
  isStarted: boolean;
  /** Beats since the last press, or since the purchase started. */
  ticksSincePress: number;
}

/**
 * Recognizes an order that was pressed twice by a slip of the hand. The same order pressed again
 * within a second of its last press, or while it is still being prepared, joins the purchase that
 * is there: a held key is one press, however long it is held.
 *
 * Time only ever forbids a purchase. It is counted in beats of the event loop: if the loop was
 * blocked for seconds, the presses that waited for it are still within the second.
 */
export class DuplicatePresses<Result> {
  readonly #ports: Pick<Ports, "timer">;
  readonly #recent = new Map<string, RecentPress<Result>>();
  #timer: Timer | undefined;

  constructor(ports: Pick<Ports, "timer">) {
    this.#ports = ports;
  }

  /**
   * Buys, or returns the result of the purchase that this press repeats. `key` holds all that makes
   * two orders the same. `buy` calls `started` once the purchase is under way. A purchase that
   * fails before that has bought nothing, so the next press is a new order.
   */
  press(key: string, buy: (onStarted: () => void) => Promise<Result>): Promise<Result> {
    const known = this.#recent.get(key);
    if (known !== undefined) {
      known.ticksSincePress = 0;
      return known.result;
    }
    const state = { isStarted: false, ticksSincePress: 0 };
    const markStarted = () => {
      if (!state.isStarted) {
        Object.assign(state, { isStarted: true, ticksSincePress: 0 });
        this.#timer ??= this.#ports.timer(tickInterval, () => this.#tick());
      }
    };
    const result = (async () => buy(markStarted))();
    this.#recent.set(key, Object.assign(state, { result }));
    // The callers get the error; here it only decides whether the press is forgotten.
    void result.then(markStarted, () => state.isStarted || this.#recent.delete(key));
    return result;
  }

  #tick(): void {
    for (const [key, recent] of this.#recent) {
      recent.ticksSincePress++;
      if (recent.isStarted && recent.ticksSincePress >= quietTicks) {
        this.#recent.delete(key);
      }
    }
    const isCounting = [...this.#recent.values()].some(({ isStarted }) => isStarted);
    this.#timer = isCounting ? this.#ports.timer(tickInterval, () => this.#tick()) : undefined;
  }
}
