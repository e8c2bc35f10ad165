import type { DraftFields, DraftView, ModelView } from "../../../protocol.ts";

/**
 * The pixels that are asked for: a size, a preset that follows the first reference, or what the
 * service makes of the references.
 */
export type Shape = NonNullable<DraftFields["shape"]>;

/** A shape a person can pick: an aspect ratio of the model, or the reference's own. */
export type AspectRatio = { readonly name: string; readonly width: number; readonly height: number };

/** Stands for the reference's own ratio where a ratio is meant. */
export const likeReference = "reference";

/** Price and resolution tier, or the service's choice of it. */
export type Tier = "1k" | "2k" | "auto";

/** Whether the shape is taken from the references. */
const followsReference = (shape: Shape): boolean => shape === "like-reference" || "resolution" in shape;

/** The model's aspect ratios in its own order, each with pixels to draw it by. */
export const aspectRatiosOf = ({ sizes }: ModelView): readonly AspectRatio[] =>
  sizes
    .filter(({ ratio }, at) => sizes.findIndex((size) => size.ratio === ratio) === at)
    .map(({ ratio, width, height }) => ({ name: ratio, width, height }));

const findModelSize = ({ sizes }: ModelView, shape: Shape) =>
  shape !== "like-reference" && "width" in shape
    ? sizes.find(({ width, height }) => width === shape.width && height === shape.height)
    : undefined;

/**
 * The shape that will be sent: what a person chose, else the size nearest to the first reference,
 * else the model's first size. `undefined` where what was chosen is not possible (any longer), so
 * that a person decides and not the form.
 */
export function effectiveShape(model: ModelView, draft: DraftFields, draftView: DraftView): Shape | undefined {
  const { shape } = draft;
  const [first] = draftView.references;
  if (shape === undefined && first !== undefined && first.file === undefined) {
    // Its pixels are not known here, so no size can be called the nearest.
    return { resolution: "1k" };
  }
  if (shape === undefined) {
    const { width, height } = draftView.nearestSize ?? model.sizes[0] ?? { width: 0, height: 0 };
    return { width, height };
  }
  const isPossible = followsReference(shape)
    ? draftView.references.length > 0
    : findModelSize(model, shape) !== undefined;
  return isPossible ? shape : undefined;
}

/**
 * The name of the ratio in use: `likeReference` where the reference decides, `undefined` where
 * there is none.
 */
export function effectiveRatio(model: ModelView, shape: Shape | undefined): string | undefined {
  if (shape === undefined) {
    return undefined;
  }
  return followsReference(shape) ? likeReference : findModelSize(model, shape)?.ratio;
}

/** The tier in use; the first one where there is no shape. */
export function effectiveTier(model: ModelView, shape: Shape | undefined): Tier {
  if (shape === "like-reference") {
    return "auto";
  }
  return shape !== undefined && "resolution" in shape
    ? shape.resolution
    : ((shape && findModelSize(model, shape)?.tier) ?? "1k");
}

/** The shape a ratio and a tier make together; `undefined` where the model has none. */
export function shapeOf(model: ModelView, ratio: string, tier: Tier): Shape | undefined {
  if (ratio === likeReference) {
    return tier === "auto" ? "like-reference" : { resolution: tier };
  }
  // A ratio of one's own has a size: where the service chose, the first tier takes its place.
  const size = model.sizes.find((one) => one.ratio === ratio && (tier === "auto" || one.tier === tier));
  return size === undefined ? undefined : { width: size.width, height: size.height };
}
