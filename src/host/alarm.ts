import type { Alarm } from "../core/ports.ts";

/** Calls `ring` once after `ms` milliseconds, unless it is ended or begun anew before. See `Ports.alarm`. */
export function alarm(ms: number, ring: () => void): Alarm {
  const timer = setTimeout(ring, ms);
  return { restart: () => void timer.refresh(), end: () => clearTimeout(timer) };
}
