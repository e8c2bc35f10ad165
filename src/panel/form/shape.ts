import type { DraftFields, DraftView, ModelView } from "../../protocol.ts";

/** The pixels that are asked for: a size, or a preset that follows the first reference. */
export type Shape = NonNullable<DraftFields["shape"]>;

/** A shape a person can pick: an aspect ratio of the model, or the reference's own. */
export type Ratio = { readonly name: string; readonly width: number; readonly height: number };

/** Stands for the reference's own ratio where a ratio is meant. */
export const likeReference = "reference";

/** Price and resolution tier. */
export type Tier = "1k" | "2k";

/** The model's aspect ratios in its own order, each with pixels to draw it by. */
export const ratiosOf = ({ sizes }: ModelView): readonly Ratio[] =>
  sizes
    .filter(({ ratio }, at) => sizes.findIndex((size) => size.ratio === ratio) === at)
    .map(({ ratio, width, height }) => ({ name: ratio, width, height }));

const sizeOf = ({ sizes }: ModelView, shape: Shape) =>
  "width" in shape ? sizes.find(({ width, height }) => width === shape.width && height === shape.height) : undefined;

/**
 * The shape that will be sent: what a person chose, else the size nearest to the first reference, else the model's first size.
 * `undefined` where what was chosen is not possible (any longer), so that a person decides and not the form.
 */
export function shapeInUse(model: ModelView, draft: DraftFields, view: DraftView): Shape | undefined {
  const { shape } = draft;
  if (shape === undefined) {
    const { width, height } = view.nearest ?? model.sizes[0] ?? { width: 0, height: 0 };
    return { width, height };
  }
  const possible = "resolution" in shape ? view.references.length > 0 : sizeOf(model, shape) !== undefined;
  return possible ? shape : undefined;
}

/** The name of the ratio in use: `likeReference` where the reference decides, `undefined` where there is none. */
export function ratioInUse(model: ModelView, shape: Shape | undefined): string | undefined {
  if (shape === undefined) {
    return undefined;
  }
  return "resolution" in shape ? likeReference : sizeOf(model, shape)?.ratio;
}

/** The tier in use; the first one where there is no shape. */
export const tierInUse = (model: ModelView, shape: Shape | undefined): Tier =>
  shape === undefined ? "1k" : "resolution" in shape ? shape.resolution : (sizeOf(model, shape)?.tier ?? "1k");

/** The shape a ratio and a tier make together; `undefined` where the model has none. */
export function shapeOf(model: ModelView, ratio: string, tier: Tier): Shape | undefined {
  if (ratio === likeReference) {
    return { resolution: tier };
  }
  const size = model.sizes.find((one) => one.ratio === ratio && one.tier === tier);
  return size === undefined ? undefined : { width: size.width, height: size.height };
}
