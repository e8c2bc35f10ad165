/** Milliseconds in which changes are gathered: more often than a screen is drawn, nobody would see them. */
const gathering = 20;

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

/**
 * Sends something whenever it is asked to, one at a time: many requests at once are one, and those that come while something is on its way
 * make it be sent once more. What takes long is sent more rarely, so that half of the time is left for others. `fail` hears what went wrong.
 */
export function createFeed(send: () => Promise<void>, fail: (error: unknown) => void): () => void {
  let wanted = false;
  let working = false;
  async function work(): Promise<void> {
    working = true;
    for (let rest = gathering; wanted; ) {
      await pause(rest);
      wanted = false;
      const begun = performance.now();
      await send().catch(fail);
      rest = Math.max(gathering, performance.now() - begun);
    }
    working = false;
  }
  return () => {
    wanted = true;
    if (!working) {
      void work();
    }
  };
}
