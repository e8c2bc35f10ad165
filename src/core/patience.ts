import type { Ports } from "./ports.ts";

/** How long a call is waited for. What bounds it is silence, never the whole time: a slow line is no fault. */
export interface Patience {
  /** Aborts when the other side stops waiting, or when nothing came for too long. */
  readonly signal: AbortSignal;
  /** Milliseconds without data after which the call is given up. */
  readonly timeout: number;
  /** Whether it was the silence. */
  readonly ranOut: boolean;
  /** To be called with each sign of life. */
  renew(): void;
  /** To be called in the end, so that no timer is left. */
  end(): void;
}

/** How long one call is waited for, in milliseconds. */
export interface Timeouts {
  /** Without data until the first byte, and between any two; what the user has set counts instead. */
  readonly usual: number;
  /** The user's own timeout counts as no less than this, because the other side is silent while it works. */
  readonly least?: number;
}

/** Patience for one call. */
export function createPatience(
  ports: Pick<Ports, "alarm" | "timeout">,
  { usual, least = 0 }: Timeouts,
  stop: AbortSignal,
): Patience {
  const timeout = Math.max(ports.timeout() ?? usual, least);
  const silence = new AbortController();
  const alarm = ports.alarm(timeout, () => silence.abort());
  return {
    timeout,
    signal: AbortSignal.any([stop, silence.signal]),
    get ranOut() {
      return silence.signal.aborted;
    },
    renew: () => alarm.restart(),
    end: () => alarm.end(),
  };
}
