import type { Pixels } from "../models/size.ts";
import { cropLoss } from "./crop.ts";
import { isNoticedLoss } from "./fitText.ts";
import type { ExportTarget } from "./target.ts";
import { filePixels, targetPixels } from "./targetFit.ts";

const ratioOf = ({ width, height }: Pixels): number => width / height;

/**
 * The shapes that the files of a target crop a picture of this size to, the one that loses most
 * first: the pixels of the largest file of each. Empty if hardly anything is cut off.
 */
export function croppedShapes(target: ExportTarget, source: Pixels): readonly Pixels[] {
  const cropped = filePixels(targetPixels(target), source).filter((shape) => isNoticedLoss(cropLoss(source, shape)));
  const byRatio = Map.groupBy(cropped, ratioOf);
  return [...byRatio.values()]
    .flatMap((shapes) => shapes.toSorted((one, other) => other.width - one.width).slice(0, 1))
    .toSorted((one, other) => cropLoss(source, other) - cropLoss(source, one));
}
