import type { Ports } from "../ports.ts";

/**
 * A timeout of one call. It limits the time without data, never the total time: a slow line is no
 * error.
 */
export interface IdleTimeout {
  /** Aborts when the caller stops waiting, or when the timeout expires. */
  readonly signal: AbortSignal;
  /** Milliseconds without data before the call is given up. */
  readonly timeout: number;
  /** Whether the timeout expired. */
  readonly isExpired: boolean;
  /** Call this whenever data arrives. */
  restart(): void;
  /** Call this at the end, so that no timer is left. */
  cancel(): void;
}

/** Milliseconds of a timeout. */
export interface IdleTimeoutOptions {
  /** Milliseconds without data, if the user has not set another value. */
  readonly defaultTimeout: number;
  /**
   * The user's own value counts as at least this, because the other side is silent while it works.
   */
  readonly minTimeout?: number;
}

/** Creates the timeout of one call. */
export function createIdleTimeout(
  ports: Pick<Ports, "timer" | "idleTimeoutSetting">,
  { defaultTimeout, minTimeout = 0 }: IdleTimeoutOptions,
  stopSignal: AbortSignal,
): IdleTimeout {
  const timeout = Math.max(ports.idleTimeoutSetting() ?? defaultTimeout, minTimeout);
  const expiry = new AbortController();
  const timer = ports.timer(timeout, () => expiry.abort());
  return {
    timeout,
    signal: AbortSignal.any([stopSignal, expiry.signal]),
    get isExpired() {
      return expiry.signal.aborted;
    },
    restart: () => timer.restart(),
    cancel: () => timer.cancel(),
  };
}
