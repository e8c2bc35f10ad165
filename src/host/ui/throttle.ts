/**
 * Milliseconds in which changes are gathered: more often than a screen is drawn, nobody would see
 * them.
 */
const minDelay = 20;

const sleep = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

/**
 * Sends something whenever it is asked to, one at a time: many requests at once are one, and those
 * that come while something is on its way make it be sent once more. What takes long is sent more
 * rarely, so that half of the time is left for others. `fail` hears what went wrong.
 */
export function createThrottle(run: () => Promise<void>, onError: (error: unknown) => void): () => void {
  let isRequested = false;
  let isRunning = false;
  async function runLoop(): Promise<void> {
    isRunning = true;
    for (let delay = minDelay; isRequested; ) {
      await sleep(delay);
      isRequested = false;
      const startedAt = performance.now();
      await run().catch(onError);
      delay = Math.max(minDelay, performance.now() - startedAt);
    }
    isRunning = false;
  }
  return () => {
    isRequested = true;
    if (!isRunning) {
      void runLoop();
    }
  };
}
