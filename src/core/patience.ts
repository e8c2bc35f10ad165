import type { Ports } from "./ports.ts";

/** How long a call is waited for. What bounds it is silence, never the whole time: a slow line is no fault. */
export interface Patience {
  /** Aborts when the other side stops waiting, or when nothing came for too long. */
  readonly signal: AbortSignal;
  /** Whether it was the silence. */
  readonly ranOut: boolean;
  /** To be called with each sign of life. */
  renew(): void;
  /** To be called in the end, so that no timer is left. */
  end(): void;
}

/** Patience for one call: `ms` milliseconds until the first sign of life, and as long between any two. */
export function createPatience(ports: Pick<Ports, "alarm">, ms: number, stop: AbortSignal): Patience {
  const silence = new AbortController();
  const alarm = ports.alarm(ms, () => silence.abort());
  return {
    signal: AbortSignal.any([stop, silence.signal]),
    get ranOut() {
      return silence.signal.aborted;
    },
    renew: () => alarm.restart(),
    end: () => alarm.end(),
  };
}
