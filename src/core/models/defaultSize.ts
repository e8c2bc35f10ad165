import type { Shape } from "../request/request.ts";
import type { Model } from "./model.ts";
import { findSize, nearestSize, type Pixels } from "./size.ts";

/** The part of a model that default values depend on. */
type ModelDefaults = Pick<Model, "sizes" | "price">;

/** The largest size of the first shape, among those that cost least. */
function cheapestSize({ sizes, price }: ModelDefaults): Pixels {
  const [first] = sizes;
  const lowest = Math.min(...Object.values(price));
  return sizes.findLast(({ ratio, tier }) => ratio === first.ratio && price[tier] === lowest) ?? first;
}

/**
 * The size that is proposed in the flow and in the panel: nearest to the first reference; without
 * one, the size that was chosen last, if the model has it; else the largest that costs least.
 */
export function defaultSize(model: ModelDefaults, reference: Pixels | undefined, last: Pixels | undefined): Pixels {
  const known = last && findSize(model, last);
  const { width, height } = reference === undefined ? (known ?? cheapestSize(model)) : nearestSize(model, reference);
  return { width, height };
}

/**
 * The size that the user chose; `undefined` if the shape follows the first reference, or is the one
 * that was proposed because of it.
 */
export function chosenSize(model: ModelDefaults, shape: Shape, reference: Pixels | undefined): Pixels | undefined {
  if (shape === "like-reference" || "resolution" in shape) {
    return undefined;
  }
  const nearest = reference && nearestSize(model, reference);
  return nearest?.width === shape.width && nearest.height === shape.height ? undefined : shape;
}

/** The number of pictures that is proposed: the last one, within what the model can make. */
export const defaultCount = ({ results: { min, max } }: Pick<Model, "results">, last: number): number =>
  Math.min(max, Math.max(min, last));
