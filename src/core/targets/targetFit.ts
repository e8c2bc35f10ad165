import type { Model, Size } from "../models/model.ts";
import type { Pixels } from "../models/size.ts";
import { estimateCost } from "../money/price.ts";
import { cropLoss, isLargeEnough } from "./crop.ts";
import { type ExportTarget, fixedPixels, innerPixels, type SafeZone } from "./target.ts";

/** What a target demands of the picture that its files are made of. */
export interface TargetPixels {
  /** Pixels of the files. Without `height`, a file keeps the shape of the picture. */
  readonly files: readonly { readonly width: number; readonly height?: number }[];
  readonly safeZone?: SafeZone;
}

/** How well a size suits a target. */
export interface TargetFit {
  /** Largest share of the picture that one of the files leaves out. */
  readonly loss: number;
  /** Pixels of a file that the picture is too small for, since it is never scaled up. */
  readonly missing?: Pixels;
}

/** What a target demands. A target that only converts demands nothing. */
export function targetPixels({ files, icon, safeZone }: ExportTarget): TargetPixels {
  const pictures = files.flatMap((file) => {
    const pixels = fixedPixels(file);
    if (pixels === undefined) {
      return file.width === undefined ? [] : [{ width: file.width }];
    }
    const { width, height } = innerPixels(pixels, file);
    return [{ width, height }];
  });
  const icons = (icon?.sides ?? []).map((side) => ({ width: side, height: side }));
  return { files: [...pictures, ...icons], ...(safeZone === undefined ? {} : { safeZone }) };
}

/** Whether the target takes a picture of any shape. */
export const takesAnyShape = ({ files }: TargetPixels): boolean => files.every(({ height }) => height === undefined);

/** The pixels of the files that are made of a picture of this size. */
export const filePixels = ({ files }: TargetPixels, size: Pixels): readonly Pixels[] =>
  files.map(({ width, height = Math.max(1, Math.round((size.height * width) / size.width)) }) => ({ width, height }));

/** How well a size suits a target. */
export function fitOf(wanted: TargetPixels, size: Pixels): TargetFit {
  const pixels = filePixels(wanted, size);
  const missing = pixels.find((one) => !isLargeEnough(size, one));
  return {
    loss: Math.max(0, ...pixels.map((one) => cropLoss(size, one))),
    ...(missing === undefined ? {} : { missing }),
  };
}

/**
 * The size to make a picture in for a target: among those that are large enough, or among all if
 * none is, the shape with the smallest loss. Of that shape the cheapest size, and the largest of
 * several. `current` decides on the shape if the target takes any.
 */
export function sizeForTarget(model: Pick<Model, "sizes" | "price">, wanted: TargetPixels, current: Pixels): Size {
  const large = model.sizes.filter((size) => fitOf(wanted, size).missing === undefined);
  const candidates = large.length > 0 ? large : model.sizes;
  const lossOf = (size: Size) => (takesAnyShape(wanted) ? cropLoss(size, current) : fitOf(wanted, size).loss);
  const [first] = model.sizes;
  const best = candidates.reduce((one, other) => (lossOf(other) < lossOf(one) ? other : one), candidates[0] ?? first);
  return candidates
    .filter(({ ratio }) => ratio === best.ratio)
    .reduce((one, other) => {
      const difference = estimateCost(model, other, 1) - estimateCost(model, one, 1);
      const isBetter = difference < 0 || (difference === 0 && other.width > one.width);
      return isBetter ? other : one;
    }, best);
}
