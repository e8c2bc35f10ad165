import type { ModelView } from "../../protocol.ts";
import type { Shape } from "./shape.ts";

/** An amount in US dollars as the rest of Limn writes it: tenths of a cent below a dollar, cents above, more only where they say something. */
export function formatUsd(usd: number): string {
  const digits = [2, 3, 4].find((count) => Math.abs(usd - Number(usd.toFixed(count))) < 1e-9) ?? 4;
  return `$${usd.toFixed(usd > 0 && usd < 1 ? Math.max(3, digits) : digits)}`;
}

/** What the pictures will cost, in USD, as far as the price list says; the service's answer has the true price. */
export function estimate({ sizes, price }: ModelView, shape: Shape, count: number): number {
  const tier =
    "resolution" in shape
      ? shape.resolution
      : (sizes.find(({ width, height }) => width === shape.width && height === shape.height)?.tier ?? "2k");
  return Math.round(price[tier] * count * 1e6) / 1e6;
}
