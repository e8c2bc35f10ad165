import { setting } from "../settings.ts";

/** Limits of the setting in seconds. A shorter timeout would give up on slow connections. */
const minSeconds = 5;
const maxSeconds = 3600;

/**
 * The user's timeout in milliseconds, within the limits; `undefined` if the setting is 0. See
 * `Ports.idleTimeoutSetting`.
 */
export function userTimeout(): number | undefined {
  const seconds = setting("timeout");
  return seconds > 0 ? Math.min(Math.max(seconds, minSeconds), maxSeconds) * 1000 : undefined;
}
