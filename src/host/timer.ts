import type { Timer } from "../core/ports.ts";

/** Calls `onElapsed` once after `ms` milliseconds, unless cancelled or restarted before. */
export function startTimer(ms: number, onElapsed: () => void): Timer {
  const timeout = setTimeout(onElapsed, ms);
  return { restart: () => void timeout.refresh(), cancel: () => clearTimeout(timeout) };
}
