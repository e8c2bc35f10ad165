import type { Ports, Timer } from "../ports.ts";

/**
 * Milliseconds of a tick, and ticks without a press that must pass: together a little more than a
 * second.
 */
const tickInterval = 100;
const quietTicks = 11;

/** A request that was submitted a moment ago. */
interface RecentPress<Result> {
  readonly result: Promise<Result>;
  /**
   * Whether the purchase has started. Before that, the same press never counts as a new request.
   */
  isStarted: boolean;
  /** Ticks since the last press, or since the purchase started. */
  ticksSincePress: number;
}

/**
 * Recognizes a button that was pressed twice by accident. The same request submitted again within a
 * second of its last press, or while it is still being prepared, joins the existing purchase: a
 * held key is one press, however long it is held.
 *
 * Time can only prevent a purchase. It is counted in ticks of the event loop: if the loop was
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
   * Buys, or returns the result of the purchase that this press repeats. `key` contains everything
   * that makes two requests the same. `buy` calls `onStarted` when the purchase has started. A
   * purchase that fails before that has bought nothing, so the next press is a new request.
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
