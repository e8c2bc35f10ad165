/** Functions to call when something changes. If one throws, the others are called all the same. */
export class Listeners<Values extends readonly unknown[] = []> {
  readonly #listeners = new Set<(...values: Values) => void>();
  readonly #onError: (error: unknown) => void;

  /** @param onError Called with what a listener throws. */
  constructor(onError: (error: unknown) => void) {
    this.#onError = onError;
  }

  /** Adds a listener and returns the function that removes it. */
  subscribe(listener: (...values: Values) => void): () => void {
    // A wrapper, so that the same function can be added twice and removed once.
    const own = (...values: Values): void => listener(...values);
    this.#listeners.add(own);
    return () => void this.#listeners.delete(own);
  }

  /** Calls every listener. */
  notify(...values: Values): void {
    for (const listener of [...this.#listeners]) {
      try {
        listener(...values);
      } catch (error) {
        this.#onError(error);
      }
    }
  }
}
