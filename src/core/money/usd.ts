/** Rounds an amount to a millionth of a dollar, so that 3 × 0.028 is 0.084. */
export const roundToMicros = (usd: number): number => Math.round(usd * 1e6) / 1e6;

/** A sum in US dollars, exact to a millionth: sums of whole millionths do not drift. */
export const sumUsd = (amounts: readonly number[]): number =>
  amounts.reduce((sum, usd) => sum + Math.round(usd * 1e6), 0) / 1e6;

/**
 * How many times its estimate a picture may cost before the amount counts as an error of the
 * service.
 */
const plausibleFactor = 100;

/**
 * Whether a picture can have cost this amount. A price that has risen is accepted. A negative
 * amount would pay for other requests, and one of a billion would use up every budget. `expected`
 * is the price list's amount in USD.
 */
export const isPlausibleCost = (usd: number, expected: number): boolean =>
  usd >= 0 && usd <= expected * plausibleFactor;

/**
 * An amount in US dollars as the user reads it: tenths of a cent below one dollar, where pictures
 * are priced, and cents above.
 */
export function formatUsd(usd: number): string {
  const digits = [2, 3, 4].find((count) => Math.abs(usd - Number(usd.toFixed(count))) < 1e-9) ?? 4;
  return `$${usd.toFixed(usd > 0 && usd < 1 ? Math.max(3, digits) : digits)}`;
}
