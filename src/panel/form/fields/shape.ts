import { defaultSize } from "../../../core/models/defaultSize.ts";
import type { Tier } from "../../../core/models/model.ts";
import { findSize, nearestTier, type Pixels, tiersOf } from "../../../core/models/size.ts";
import type { DraftFields, DraftView, ModelView } from "../../../protocol.ts";

/**
 * The requested shape: a size, a tier with the aspect ratio of the first reference, or the
 * service's choice.
 */
export type Shape = NonNullable<DraftFields["shape"]>;

/** The part of a model that shapes depend on. */
type ModelShapes = Pick<ModelView, "sizes" | "resolutions" | "isSizeRequired">;

/** An aspect ratio of the model, with pixels for drawing it. */
export type AspectRatio = Pixels & { readonly name: string };

/** The value that means the aspect ratio of the first reference. */
export const likeReference = "reference";

/** A tier, or the service's choice of it. */
export type TierChoice = Tier | "auto";

/** Whether the shape follows the references. */
const followsReference = (shape: Shape): boolean => shape === "like-reference" || "resolution" in shape;

/** The model's aspect ratios in its own order. */
export const aspectRatiosOf = ({ sizes }: ModelShapes): readonly AspectRatio[] =>
  sizes
    .filter(({ ratio }, at) => sizes.findIndex((size) => size.ratio === ratio) === at)
    .map(({ ratio, width, height }) => ({ name: ratio, width, height }));

const findModelSize = (model: ModelShapes, shape: Shape) =>
  shape !== "like-reference" && "width" in shape ? findSize(model, shape) : undefined;

/** Whether the draft has references, also if they are still being read. */
export const hasReferences = ({ references, unreadReferences = 0 }: DraftView): boolean =>
  references.length + unreadReferences > 0;

/** Whether the model can make the shape, with the draft's references. */
function isPossible(model: ModelShapes, shape: Shape, draftView: DraftView): boolean {
  if (!followsReference(shape)) {
    return findModelSize(model, shape) !== undefined;
  }
  const hasTier = shape === "like-reference" || ("resolution" in shape && model.resolutions.includes(shape.resolution));
  return hasReferences(draftView) && !model.isSizeRequired && hasTier;
}

/**
 * The shape that is sent: the chosen one, else the one that is proposed; see `defaultSize`.
 * `undefined` if the chosen one is not possible, so that the user decides, and if it depends on
 * references that are still being read.
 */
export function effectiveShape(
  model: ModelShapes & Pick<ModelView, "price">,
  { shape }: DraftFields,
  draftView: DraftView,
): Shape | undefined {
  const [first] = draftView.references;
  if (shape !== undefined) {
    return isPossible(model, shape, draftView) ? shape : undefined;
  }
  if (first === undefined && hasReferences(draftView)) {
    return undefined;
  }
  const [resolution] = model.resolutions;
  if (first !== undefined && first.file === undefined && resolution !== undefined) {
    // The pixels of a remote reference are unknown here, so no size can be called the nearest.
    return { resolution };
  }
  return defaultSize(model, first?.file, draftView.defaults.size);
}

/** The name of the ratio in use; `likeReference` if the reference decides. */
export function effectiveRatio(model: ModelShapes, shape: Shape | undefined): string | undefined {
  if (shape === undefined) {
    return undefined;
  }
  return followsReference(shape) ? likeReference : findModelSize(model, shape)?.ratio;
}

/** The tier in use; the model's first one without a shape. */
export function effectiveTier(model: ModelShapes, shape: Shape | undefined): TierChoice {
  if (shape === "like-reference") {
    return "auto";
  }
  return shape !== undefined && "resolution" in shape
    ? shape.resolution
    : ((shape && findModelSize(model, shape)?.tier) ?? model.sizes[0].tier);
}

/** The model's sizes of a ratio; all its sizes without a ratio. */
const sizesOfRatio = ({ sizes }: ModelShapes, ratio: string | undefined) =>
  ratio === undefined ? sizes : sizes.filter((size) => size.ratio === ratio);

/** The tiers that the model has for a ratio; all its tiers without a ratio. */
export const tiersOfRatio = (model: ModelShapes, ratio: string | undefined): readonly Tier[] =>
  tiersOf({ sizes: sizesOfRatio(model, ratio) });

/**
 * The shape of a ratio in a tier, or in the nearest tier that the model has for the ratio. `auto`
 * is the service's choice for the shape of the reference, and the first tier of any other ratio.
 */
export function shapeOf(model: ModelShapes, ratio: string | undefined, tier: TierChoice): Shape {
  if (ratio === likeReference) {
    const resolution = tier === "auto" ? undefined : nearestTier(model.resolutions, tier);
    return resolution === undefined ? "like-reference" : { resolution };
  }
  const sizes = sizesOfRatio(model, ratio);
  const [first = model.sizes[0]] = sizes;
  const nearest = tier === "auto" ? first.tier : nearestTier(tiersOfRatio(model, ratio), tier);
  const { width, height } = sizes.find((size) => size.tier === nearest) ?? first;
  return { width, height };
}
