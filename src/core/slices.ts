import type { Ports } from "./ports.ts";

/** Number of steps between two pauses: a step takes some microseconds. */
const sliceLength = 500;

/**
 * Does a short step for each value, and yields to the event loop after some: all extensions share
 * the thread. Rejects with the signal's reason when that aborts.
 */
export async function inSlices<Value>(
  values: readonly Value[],
  step: (value: Value) => void,
  ports: Pick<Ports, "sleep">,
  signal: AbortSignal,
): Promise<void> {
  for (let start = 0; start < values.length; start += sliceLength) {
    for (const value of values.slice(start, start + sliceLength)) {
      step(value);
    }
    await ports.sleep(0, signal);
  }
}
