import type { Model } from "../models/model.ts";
import { findSize } from "../models/size.ts";
import type { Shape } from "../request/request.ts";
import { roundToMicros } from "./usd.ts";

/**
 * The price in USD as the model's page has it: an estimate, because only the answer's `cost` is the
 * truth.
 */
export function estimateCost(model: Pick<Model, "sizes" | "price">, shape: Shape, count: number): number {
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
