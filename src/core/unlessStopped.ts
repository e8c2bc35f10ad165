import { stoppedError } from "./errors.ts";

/**
 * Settles like the work. As soon as the signal aborts, rejects with a `LimnError` of kind
 * `stopped`; the work goes on.
 */
export function unlessStopped<Result>(work: Promise<Result>, signal: AbortSignal): Promise<Result> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(stoppedError());
    signal.addEventListener("abort", stop, { once: true });
    work.finally(() => signal.removeEventListener("abort", stop)).then(resolve, reject);
    if (signal.aborted) {
      stop();
    }
  });
}
