import * as l10n from "@vscode/l10n";
import type { Pixels } from "../models/size.ts";
import { largestCrop } from "./crop.ts";
import { filePixels, type TargetPixels } from "./targetFit.ts";

/** A file with a shorter side, in pixels, shows no details. */
const smallSide = 64;

/** Percent of a side from which nothing need be said about the rest. */
const allButEdges = 97;

/** A share in percent, rounded down to a multiple of 5. */
const inPercent = (share: number): number => (share * 100 >= allButEdges ? 100 : Math.floor(share * 20) * 5);

/**
 * A sentence for the prompt on what a target does with a picture of this size: where the subject
 * has to be, and whether it is shown small. `undefined` if there is nothing to say, or if less than
 * 5 % of a side stays, where no subject fits.
 */
export function promptHint(wanted: TargetPixels, size: Pixels): string | undefined {
  const files = filePixels(wanted, size);
  const { width: safeWidth, height: safeHeight } = wanted.safeZone ?? { width: 1, height: 1 };
  const crops = files.map((file) => largestCrop(size, file));
  const width = inPercent(safeWidth * Math.min(1, ...crops.map((crop) => crop.width / size.width)));
  const height = inPercent(safeHeight * Math.min(1, ...crops.map((crop) => crop.height / size.height)));
  if (width === 0 || height === 0) {
    return undefined;
  }
  if (width < 100 && height < 100) {
    return l10n.t(
      "Keep the subject in the middle {0} % of the width and {1} % of the height, with background around it.",
      ...[width, height],
    );
  }
  if (height < 100) {
    return l10n.t("Keep the subject in the middle {0} % of the height, with background above and below.", height);
  }
  if (width < 100) {
    return l10n.t("Keep the subject in the middle {0} % of the width, with background on both sides.", width);
  }
  return files.some((file) => Math.min(file.width, file.height) < smallSide)
    ? l10n.t("Show one bold shape in the middle that can be recognized at a small size.")
    : undefined;
}
