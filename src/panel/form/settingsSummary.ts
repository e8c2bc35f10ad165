import * as l10n from "@vscode/l10n";
import { formatName } from "../../core/text/formatName.ts";
import type { DraftFields, ModelView, Snapshot } from "../../protocol.ts";
import { effectiveRatio, effectiveTier, likeReference, type Shape } from "./fields/shape.ts";

/** The shape as `16:9 · 2K`; or whose shape it follows, or that the chosen one cannot be made. */
function shapeTexts(model: ModelView, shape: Shape | undefined, chosenShape: Shape | undefined): readonly string[] {
  const ratio = effectiveRatio(model, shape);
  if (ratio === undefined) {
    // Without a chosen shape, it depends on references that are still being read.
    return chosenShape === undefined ? [] : [l10n.t("no shape")];
  }
  const tier = effectiveTier(model, shape);
  return [
    ratio === likeReference ? l10n.t("like the reference") : ratio,
    ...(tier === "auto" ? [] : [tier.toUpperCase()]),
  ];
}

/** A path up to its first placeholder: `images/{slug}` as `images/…`. */
const shortPath = (path: string): string => path.replace(/\{.*$/s, "…");

/**
 * The settings of a draft, as it is sent, in one line, such as
 * `og:image · 16:9 · 2K · 4 pictures · WebP · images/…`. `chosenShape` is what the user chose.
 */
export function settingsSummary(
  { model, targets = [] }: Pick<Snapshot, "model" | "targets">,
  draft: DraftFields,
  chosenShape: Shape | undefined,
): string {
  const { shape, exportTarget, count = 1, format, path = "" } = draft;
  return [
    ...targets.filter(({ id }) => id === exportTarget).map(({ name }) => name),
    ...shapeTexts(model, shape, chosenShape),
    count === 1 ? l10n.t("1 picture") : l10n.t("{0} pictures", count),
    ...(format === undefined ? [] : [formatName(format)]),
    ...(path === "" ? [] : [shortPath(path)]),
  ].join(" · ");
}
