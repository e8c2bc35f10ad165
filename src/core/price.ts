import type { Model } from "./model.ts";
import type { Shape } from "./request.ts";
import { sizeOf } from "./size.ts";

/** The price in USD as the model's page has it: an estimate, because only the answer's `cost` is the truth. */
export function estimate(model: Model, shape: Shape, count: number): number {
  const tier =
    shape === "like-reference" ? "1k" : "resolution" in shape ? shape.resolution : (sizeOf(model, shape)?.tier ?? "2k");
  return roundToMicros(model.price[tier] * count);
}

/** Sums and products of prices are kept to a millionth of a dollar, so that 3 × 0.028 is 0.084. */
export const roundToMicros = (usd: number): number => Math.round(usd * 1e6) / 1e6;

/** An amount in US dollars as a person reads it: tenths of a cent below a dollar, where pictures are priced, and cents above. */
export function formatUsd(usd: number): string {
  const digits = [2, 3, 4].find((count) => Math.abs(usd - Number(usd.toFixed(count))) < 1e-9) ?? 4;
  return `$${usd.toFixed(usd > 0 && usd < 1 ? Math.max(3, digits) : digits)}`;
}
