import type { Model, Resolution, Size } from "./model.ts";

/** A width and a height in pixels. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
}

/** The model's size of exactly these pixels, where it has one. */
export const findSize = (model: Pick<Model, "sizes">, { width, height }: Pixels): Size | undefined =>
  model.sizes.find((size) => size.width === width && size.height === height);

/**
 * How far two shapes are apart: the factor by which one would have to be stretched, as a logarithm
 * (0 is the same shape).
 */
const ratioDistance = (a: Pixels, b: Pixels): number => Math.abs(Math.log((a.width * b.height) / (a.height * b.width)));

/**
 * The model's size whose shape is nearest to the given pixels; among equals the one nearest in
 * area, so that a small picture is not answered with a large one.
 */
export function nearestSize(model: Model, pixels: Pixels, tier?: Resolution): Size {
  const areaDistance = (size: Pixels) =>
    Math.abs(Math.log((size.width * size.height) / (pixels.width * pixels.height)));
  const compareDistance = (a: Size, b: Size) => {
    const ratioDifference = ratioDistance(a, pixels) - ratioDistance(b, pixels);
    // The tiers round their pixels differently (1360 × 768 and 2720 × 1536), so shapes within 1 %
    // count as the same.
    return Math.abs(ratioDifference) > 0.01 ? ratioDifference : areaDistance(a) - areaDistance(b);
  };
  const candidates = model.sizes.filter((size) => tier === undefined || size.tier === tier);
  return candidates.reduce((best, size) => (compareDistance(size, best) < 0 ? size : best));
}

/** Pixels as a person writes them: `2720 × 1536`. */
export const formatSize = ({ width, height }: Pixels): string => `${width} × ${height}`;

/** Reads `2720x1536` (or `2720 × 1536`); `undefined` where it is not two whole numbers. */
export function parseSize(text: string): Pixels | undefined {
  const match = /^\s*(\d{1,5})\s*[x×*]\s*(\d{1,5})\s*$/i.exec(text);
  return match === null ? undefined : { width: Number(match[1]), height: Number(match[2]) };
}
