import type { Model } from "../models/model.ts";
import { findSize } from "../models/size.ts";
import type { Shape } from "../request/request.ts";

/**
 * The price in USD as the model's page has it: an estimate, because only the answer's `cost` is the
 * truth.
 */
export function estimateCost(model: Model, shape: Shape, count: number): number {
  const tier =
    shape === "like-reference"
      ? "1k"
      : "resolution" in shape
        ? shape.resolution
        : (findSize(model, shape)?.tier ?? "2k");
  return roundToMicros(model.price[tier] * count);
}

/**
 * USD of the dearest request that the model can make: as many pictures as it makes at once, at its
 * highest price.
 */
export const mostExpensiveRequest = ({ price, results }: Model): number =>
  roundToMicros(Math.max(...Object.values(price)) * results.max);

/** A sum in US dollars, exact to a millionth: sums of whole millionths do not drift. */
export const sumUsd = (amounts: readonly number[]): number =>
  amounts.reduce((sum, usd) => sum + Math.round(usd * 1e6), 0) / 1e6;

/**
 * How many times its estimate a picture may cost before the amount is taken for a fault of the
 * service.
 */
const plausibleFactor = 100;

/**
 * Whether a picture can have cost this. A price that has risen is believed; an amount below zero
 * would pay for other requests, and one of a billion would use up every budget. `expected` is USD
 * by the price list.
 */
export const isPlausibleCost = (usd: number, expected: number): boolean =>
  usd >= 0 && usd <= expected * plausibleFactor;

/** Sums and products of prices are kept to a millionth of a dollar, so that 3 × 0.028 is 0.084. */
const roundToMicros = (usd: number): number => Math.round(usd * 1e6) / 1e6;

/**
 * An amount in US dollars as a person reads it: tenths of a cent below a dollar, where pictures are
 * priced, and cents above.
 */
export function formatUsd(usd: number): string {
  const digits = [2, 3, 4].find((count) => Math.abs(usd - Number(usd.toFixed(count))) < 1e-9) ?? 4;
  return `$${usd.toFixed(usd > 0 && usd < 1 ? Math.max(3, digits) : digits)}`;
}
