import * as l10n from "@vscode/l10n";
import { formatSize, type Pixels } from "../models/size.ts";
import type { TargetFit } from "./targetFit.ts";

/** Loss of a crop, in percent, from which it is shown. */
const noticedLoss = 1;

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
  const percent = Math.round(loss * 100);
  return percent < noticedLoss ? undefined : l10n.t("{0} is cut off", `${percent}\u00a0%`);
}
