import * as l10n from "@vscode/l10n";
import type { Pixels } from "../../core/models/size.ts";
import type { Crop } from "../../core/targets/crop.ts";

/** Says what the first frame cuts off on each side, in pixels of the picture. */
export function describeCrop({
  source,
  crops: [{ left, top, width, height }],
}: {
  readonly source: Pixels;
  readonly crops: readonly [Crop, ...Crop[]];
}): string {
  const [right, bottom] = [source.width - left - width, source.height - top - height];
  return height < source.height
    ? l10n.t("Cut off: {0} px above, {1} px below", top, bottom)
    : l10n.t("Cut off: {0} px on the left, {1} px on the right", left, right);
}
