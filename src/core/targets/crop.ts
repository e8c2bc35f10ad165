import type { Pixels } from "../models/size.ts";

/** Size of the largest part of `source` that has the shape of `target`, in whole pixels. */
export function largestCrop(source: Pixels, target: Pixels): Pixels {
  const width = Math.min(source.width, Math.round((source.height * target.width) / target.height));
  const height = Math.min(source.height, Math.round((source.width * target.height) / target.width));
  return { width: Math.max(1, width), height: Math.max(1, height) };
}

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
