import type { SelectMode } from "./selection.ts";

/** A key that was pressed in the grid. */
export interface KeyPress {
  readonly key: string;
  readonly isRepeat: boolean;
  readonly mode: SelectMode | undefined;
  /** Whether rows were asked for already to do it. */
  isAsked?: boolean;
}

/** What becomes of a key: `waits` for rows that are not loaded. */
export type KeyResult = "done" | "ignored" | "waits";

/** Keys that wait for rows, in the order in which they were pressed. */
export class WaitingKeys {
  readonly #run: (keyPress: KeyPress) => KeyResult;
  #keys: KeyPress[] = [];

  /** @param run does what a key stands for. */
  constructor(run: (keyPress: KeyPress) => KeyResult) {
    this.#run = run;
  }

  /**
   * Does what a key stands for, unless it must wait or others wait before it. Returns whether it
   * stands for something.
   */
  press(keyPress: KeyPress, mustWait: boolean, isKnown: () => boolean): boolean {
    if (this.#keys.length === 0 && !mustWait) {
      const result = this.#run(keyPress);
      this.#keys.push(...(result === "waits" ? [keyPress] : []));
      return result !== "ignored";
    }
    const isWaiting = isKnown();
    this.#keys.push(...(isWaiting ? [keyPress] : []));
    return isWaiting;
  }

  /** Does the keys whose rows are there, while `canRun`. */
  retry(canRun: () => boolean): void {
    while (this.#keys[0] !== undefined && canRun()) {
      if (this.#run(this.#keys[0]) === "waits") {
        return;
      }
      this.#keys.shift();
    }
  }

  /** Forgets all keys that wait. */
  clear(): void {
    this.#keys = [];
  }
}
