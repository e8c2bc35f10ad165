import { stoppedError } from "./errors.ts";
import type { Ports } from "./ports.ts";

/**
 * Resolves after `ms` milliseconds.
 * @throws LimnError of kind `stopped` as soon as the signal aborts.
 */
export const sleepUnlessStopped = (ports: Pick<Ports, "sleep">, ms: number, signal: AbortSignal): Promise<void> =>
  ports.sleep(ms, signal).catch(() => {
    throw stoppedError();
  });
