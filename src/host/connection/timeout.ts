import { setting } from "../settings.ts";

/** Seconds that the setting may name: less would give up on lines that are only slow to begin. */
const minSeconds = 5;
const maxSeconds = 3600;

/**
 * The user's timeout in milliseconds, within bounds; `undefined` if the setting is 0. See
 * `Ports.timeout`.
 */
export function userTimeout(): number | undefined {
  const seconds = setting("timeout");
  return seconds > 0 ? Math.min(Math.max(seconds, minSeconds), maxSeconds) * 1000 : undefined;
}
