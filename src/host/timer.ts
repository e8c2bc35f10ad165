import type { Timer } from "../core/ports.ts";

/**
 * Calls `ring` once after `ms` milliseconds, unless it is ended or begun anew before. See
 * `Ports.alarm`.
 */
export function startTimer(ms: number, onElapsed: () => void): Timer {
  const timeout = setTimeout(onElapsed, ms);
  return { restart: () => void timeout.refresh(), cancel: () => clearTimeout(timeout) };
}
