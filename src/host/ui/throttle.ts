/** Shortest time between two runs, in milliseconds: about one frame of a screen. */
const minDelay = 20;

const sleep = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

/**
 * Returns a function that requests a run. Requests at the same time share one run; requests during
 * a run cause one more. The pause after a run is as long as the run, so that other code gets half
 * of the time. `onError` gets what `run` throws.
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
