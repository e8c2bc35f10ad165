import type { Ports } from "../ports.ts";

/**
 * How long a call is waited for. What bounds it is silence, never the whole time: a slow line is no
 * fault.
 */
export interface IdleTimeout {
  /** Aborts when the other side stops waiting, or when nothing came for too long. */
  readonly signal: AbortSignal;
  /** Milliseconds without data after which the call is given up. */
  readonly timeout: number;
  /** Whether it was the silence. */
  readonly isExpired: boolean;
  /** To be called with each sign of life. */
  restart(): void;
  /** To be called in the end, so that no timer is left. */
  cancel(): void;
}

/** How long one call is waited for, in milliseconds. */
export interface IdleTimeoutOptions {
  /**
   * Without data until the first byte, and between any two; what the user has set counts instead.
   */
  readonly defaultTimeout: number;
  /**
   * The user's own timeout counts as no less than this, because the other side is silent while it
   * works.
   */
  readonly minTimeout?: number;
}

/** Patience for one call. */
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
