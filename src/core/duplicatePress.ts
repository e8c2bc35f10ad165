import type { Alarm, Ports } from "./ports.ts";

/** Milliseconds of one beat, and how many must pass after the last press: a little more than a second together. */
const beat = 100;
const quietBeats = 11;

/** An order that was pressed a moment ago. */
interface Recent<Result> {
  readonly result: Promise<Result>;
  /** Whether the purchase is under way: before that no time makes the same press a new order. */
  isStarted: boolean;
  /** Beats since the last press, or since the purchase started. */
  quiet: number;
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
  readonly #ports: Pick<Ports, "alarm">;
  readonly #recent = new Map<string, Recent<Result>>();
  #alarm: Alarm | undefined;

  constructor(ports: Pick<Ports, "alarm">) {
    this.#ports = ports;
  }

  /**
   * Buys, or returns the result of the purchase that this press repeats. `key` holds all that makes
   * two orders the same. `buy` calls `started` once the purchase is under way. A purchase that
   * fails before that has bought nothing, so the next press is a new order.
   */
  press(key: string, buy: (started: () => void) => Promise<Result>): Promise<Result> {
    const known = this.#recent.get(key);
    if (known !== undefined) {
      known.quiet = 0;
      return known.result;
    }
    const state = { isStarted: false, quiet: 0 };
    const start = () => {
      if (!state.isStarted) {
        Object.assign(state, { isStarted: true, quiet: 0 });
        this.#alarm ??= this.#ports.alarm(beat, () => this.#tick());
      }
    };
    const result = (async () => buy(start))();
    this.#recent.set(key, Object.assign(state, { result }));
    // The callers get the error; here it only decides whether the press is forgotten.
    void result.then(start, () => state.isStarted || this.#recent.delete(key));
    return result;
  }

  #tick(): void {
    for (const [key, recent] of this.#recent) {
      recent.quiet++;
      if (recent.isStarted && recent.quiet >= quietBeats) {
        this.#recent.delete(key);
      }
    }
    const isCounting = [...this.#recent.values()].some(({ isStarted }) => isStarted);
    this.#alarm = isCounting ? this.#ports.alarm(beat, () => this.#tick()) : undefined;
  }
}
