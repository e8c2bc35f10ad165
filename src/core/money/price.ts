import { modelOf } from "../models/findModel.ts";
import type { Family, Model, Tier } from "../models/model.ts";
import { tierOf } from "../models/size.ts";
import type { Request, StoredShape } from "../request/request.ts";
import { toolOf } from "../tools/tools.ts";
import { roundToMicros } from "./usd.ts";

/** The part of a model that prices depend on. */
type Priced = Pick<Model, "sizes" | "price">;

/** USD of one picture in the model's most expensive tier. */
const highestPrice = ({ price }: Priced): number => Math.max(...Object.values(price));

/** USD of one picture of a tier; the model's highest price if it names none for the tier. */
const tierPrice = (model: Priced, tier: Tier): number => model.price[tier] ?? highestPrice(model);

/**
 * USD of one picture of the shape. Without a known tier it is the price of the most expensive one:
 * the pages of the models do not say which tier the service chooses for `like-reference`, neither
 * from the pixels of the reference nor otherwise, and an estimate must not be too low.
 */
function picturePrice(model: Priced, shape: StoredShape): number {
  const tier = tierOf(model, shape);
  return tier === undefined ? highestPrice(model) : tierPrice(model, tier);
}

/**
 * USD by the model's price list: an estimate, because only the answer's `cost` is the true price.
 */
export const estimateCost = (model: Priced, shape: StoredShape, count: number): number =>
  roundToMicros(picturePrice(model, shape) * count);

/**
 * USD that a request is expected to cost. Throws a `LimnError` if Limn does not know its model.
 */
export const estimateRequest = (
  family: Family,
  { tool, model, shape, count }: Pick<Request, "tool" | "model" | "shape" | "count">,
): number =>
  tool === undefined
    ? estimateCost(modelOf(family, model), shape, count)
    : roundToMicros(toolOf(tool.id).price * count);

/**
 * USD of the most expensive request to any of the models: its most pictures, at its highest price.
 */
export const mostExpensiveRequest = (family: Family): number =>
  roundToMicros(Math.max(...family.map((model) => highestPrice(model) * model.results.max)));
