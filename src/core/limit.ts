/** Runs a task when one of a few places is free. */
export type Limit = <Result>(task: () => Promise<Result>) => Promise<Result>;

/** A gate that lets at most `places` tasks run at a time, the others in the order they came. */
export function createLimit(places: number): Limit {
  let free = places;
  const waiting: (() => void)[] = [];
  return async (task) => {
    if (free === 0) {
      await new Promise<void>((resolve) => waiting.push(resolve));
    } else {
      free--;
    }
    try {
      return await task();
    } finally {
      const next = waiting.shift();
      if (next === undefined) {
        free++;
      } else {
        next();
      }
    }
  };
}
