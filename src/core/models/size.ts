import type { Shape, StoredShape } from "../request/request.ts";
import { type Model, type Size, type Tier, tiers } from "./model.ts";

/** A width and a height in pixels. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
}

/** The part of a model that defines its sizes. */
type Sized = Pick<Model, "sizes">;

/** The model's size of exactly these pixels; `undefined` if it has none. */
export const findSize = ({ sizes }: Sized, { width, height }: Pixels): Size | undefined =>
  sizes.find((size) => size.width === width && size.height === height);

/**
 * The tier of the shape; `undefined` if the service chooses it, the model has no such size, or Limn
 * does not know it.
 */
export function tierOf(model: Sized, shape: StoredShape): Tier | undefined {
  if (shape === "like-reference") {
    return undefined;
  }
  return "resolution" in shape ? tiers.find((tier) => tier === shape.resolution) : findSize(model, shape)?.tier;
}

/**
 * The same shape in the tier 2K; `undefined` if it is not of the tier 1K, or the model has none.
 */
export function shapeIn2k(
  model: Sized & Pick<Model, "resolutions">,
  shape: StoredShape,
): Exclude<Shape, "like-reference"> | undefined {
  if (shape === "like-reference" || tierOf(model, shape) !== "1k") {
    return undefined;
  }
  if ("resolution" in shape) {
    return model.resolutions.includes("2k") ? { resolution: "2k" } : undefined;
  }
  const { width, height, tier } = nearestSize(model, shape, "2k");
  return tier === "2k" ? { width, height } : undefined;
}

/** The model's tiers, in the order of its sizes. */
export const tiersOf = ({ sizes }: { readonly sizes: readonly Size[] }): readonly Tier[] => [
  ...new Set(sizes.map(({ tier }) => tier)),
];

/**
 * The candidate nearest to a tier, the lower one of two that are equally near; `undefined` without
 * candidates.
 */
export function nearestTier(candidates: readonly Tier[], tier: Tier): Tier | undefined {
  const distance = (candidate: Tier) => Math.abs(tiers.indexOf(candidate) - tiers.indexOf(tier));
  return tiers
    .filter((candidate) => candidates.includes(candidate))
    .toSorted((a, b) => distance(a) - distance(b))
    .at(0);
}

/** The distance of two aspect ratios: the logarithm of their quotient, 0 if they are equal. */
const ratioDistance = (a: Pixels, b: Pixels): number => Math.abs(Math.log((a.width * b.height) / (a.height * b.width)));

/**
 * The model's size whose aspect ratio is nearest to the given pixels; among equals the nearest in
 * area, so that a small picture does not become a large one. Ignores a tier the model does not
 * have.
 */
export function nearestSize({ sizes }: Sized, pixels: Pixels, tier?: Tier): Size {
  const areaDistance = (size: Pixels) =>
    Math.abs(Math.log((size.width * size.height) / (pixels.width * pixels.height)));
  const compareDistance = (a: Size, b: Size) => {
    const ratioDifference = ratioDistance(a, pixels) - ratioDistance(b, pixels);
    // The tiers round their pixels differently (1360 × 768 and 2720 × 1536), so sizes of one ratio,
    // and ratios within 1 %, count as the same.
    const isSameRatio = a.ratio === b.ratio || Math.abs(ratioDifference) <= 0.01;
    return isSameRatio ? areaDistance(a) - areaDistance(b) : ratioDifference;
  };
  const inTier = sizes.filter((size) => tier === undefined || size.tier === tier);
  const candidates = inTier.length > 0 ? inTier : sizes;
  return candidates.reduce((best, size) => (compareDistance(size, best) < 0 ? size : best));
}

/** Pixels as users read them: `2720 × 1536`. */
export const formatSize = ({ width, height }: Pixels): string => `${width} × ${height}`;

/** Reads `2720x1536` (or `2720 × 1536`); `undefined` if it is not two whole numbers. */
export function parseSize(text: string): Pixels | undefined {
  const match = /^\s*(\d{1,5})\s*[x×*]\s*(\d{1,5})\s*$/i.exec(text);
  return match === null ? undefined : { width: Number(match[1]), height: Number(match[2]) };
}
