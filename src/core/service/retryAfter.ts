/** Maximum wait in milliseconds that a server may ask for. */
export const maxRetryAfter = 60_000;

/**
 * Reads a `Retry-After` header in either of its two forms (RFC 9110, 10.2.3), in milliseconds.
 * `now` is the time at which the header was written, in milliseconds since the epoch.
 */
export function readRetryAfter(header: string | null, now: number): number | undefined {
  if (header === null) {
    return undefined;
  }
  const ms = /^\d+$/.test(header.trim()) ? Number(header) * 1000 : Date.parse(header) - now;
  return Number.isFinite(ms) ? Math.max(0, ms) : undefined;
}

/** When a response was written, by the clock of its server, because clocks differ. */
export function responseDate(headers: Headers, now: number): number {
  const date = Date.parse(headers.get("Date") ?? "");
  return Number.isNaN(date) ? now : date;
}
