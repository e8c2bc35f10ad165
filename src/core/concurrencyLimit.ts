/**
 * Runs a task when a slot is free. A waiting task rejects with the signal's reason as soon as it
 * aborts. A task may call `release` to give up its slot before its end, for a wait that needs none.
 */
export type ConcurrencyLimit = <Result>(
  task: (release: () => void) => Promise<Result>,
  signal?: AbortSignal,
) => Promise<Result>;

/**
 * Resolves when a slot is free. If the signal aborts first, leaves the queue and rejects with its
 * reason.
 */
function waitForSlot(waiting: (() => void)[], signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const leave = () => {
      waiting.splice(waiting.indexOf(enter), 1);
      reject(signal?.reason);
    };
    const enter = () => {
      signal?.removeEventListener("abort", leave);
      resolve();
    };
    waiting.push(enter);
    signal?.addEventListener("abort", leave, { once: true });
  });
}

/** Creates a limit for the number of tasks that run at a time; the others wait in order. */
export function createConcurrencyLimit(maxConcurrent: number): ConcurrencyLimit {
  let free = maxConcurrent;
  const waiting: (() => void)[] = [];
  return async (task, signal) => {
    signal?.throwIfAborted();
    if (free === 0) {
      await waitForSlot(waiting, signal);
    } else {
      free--;
    }
    let isSlotHeld = true;
    const release = () => {
      if (!isSlotHeld) {
        return;
      }
      isSlotHeld = false;
      const next = waiting.shift();
      if (next === undefined) {
        free++;
      } else {
        next();
      }
    };
    try {
      return await task(release);
    } finally {
      release();
    }
  };
}
