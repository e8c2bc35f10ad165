import type { Pixels } from "../models/size.ts";

/** Size of the largest part of `source` that has the shape of `target`, in whole pixels. */
export function largestCrop(source: Pixels, target: Pixels): Pixels {
  const width = Math.min(source.width, Math.round((source.height * target.width) / target.height));
  const height = Math.min(source.height, Math.round((source.width * target.height) / target.width));
  return { width: Math.max(1, width), height: Math.max(1, height) };
}

/** A point of a picture, as shares of its width and height from the top left corner. */
export interface Focus {
  readonly x: number;
  readonly y: number;
}

/** A part of a picture, in whole pixels from its top left corner. */
export interface Crop extends Pixels {
  readonly left: number;
  readonly top: number;
}

/** Where a part of `length` pixels starts whose middle is at the share `focus`, or near it. */
const startOf = (whole: number, length: number, focus: number): number =>
  Math.min(Math.max(Math.round(focus * whole - length / 2), 0), whole - length);

/**
 * The largest part of `source` in the shape of `target`, with its middle as near to `focus` as the
 * picture allows.
 */
export function cropAround(source: Pixels, target: Pixels, focus: Focus): Crop {
  const { width, height } = largestCrop(source, target);
  return {
    left: startOf(source.width, width, focus.x),
    top: startOf(source.height, height, focus.y),
    ...{ width, height },
  };
}

/** The middle of a part. `cropAround` makes the same part of it. */
export const middleOf = (source: Pixels, { left, top, width, height }: Crop): Focus => ({
  x: (left + width / 2) / source.width,
  y: (top + height / 2) / source.height,
});

/** Share of the source that the largest crop leaves out: 0 if the shapes are the same. */
export function cropLoss(source: Pixels, target: Pixels): number {
  const [one, other] = [source.width / source.height, target.width / target.height];
  return 1 - Math.min(one / other, other / one);
}

/** Whether the target can be cut out of the source without scaling up. */
export function isLargeEnough(source: Pixels, target: Pixels): boolean {
  const crop = largestCrop(source, target);
  return crop.width >= target.width && crop.height >= target.height;
}
