import * as l10n from "@vscode/l10n";
import { formatSize, type Pixels } from "../models/size.ts";
import type { TargetFit } from "./targetFit.ts";

/** Loss of a crop in whole percent. */
const inPercent = (loss: number): number => Math.round(loss * 100);

/** Whether so much is cut off that it is shown. */
export const isNoticedLoss = (loss: number): boolean => inPercent(loss) > 0;

/**
 * What a target does with a picture of this size: that it is too small, or how much is cut off;
 * `undefined` if nothing.
 */
export function fitText(size: Pixels, { loss, missing }: TargetFit): string | undefined {
  if (missing !== undefined) {
    return l10n.t(
      "{0} is too small: {1} pixels are needed, and Limn never enlarges a picture",
      ...[formatSize(size), formatSize(missing)],
    );
  }
  return isNoticedLoss(loss) ? l10n.t("{0} is cut off", `${inPercent(loss)}\u00a0%`) : undefined;
}
