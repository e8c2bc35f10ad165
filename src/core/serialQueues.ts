/** Runs work that has the same key one after the other, in the order it was added. */
export class SerialQueues {
  /** Settles when the last work of each key has ended. */
  readonly #tails = new Map<string, Promise<unknown>>();

  /** Resolves or rejects like the work. If work fails, the next runs all the same. */
  run<Result>(key: string, work: () => Promise<Result>): Promise<Result> {
    const result = (this.#tails.get(key) ?? Promise.resolve()).then(work);
    const cleanUp = () => {
      if (this.#tails.get(key) === tail) {
        this.#tails.delete(key);
      }
    };
    const tail = result.then(cleanUp, cleanUp);
    this.#tails.set(key, tail);
    return result;
  }
}
