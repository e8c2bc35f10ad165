import * as l10n from "@vscode/l10n";
import { defaultCount } from "../../core/models/defaultSize.ts";
import type { IntegerRange } from "../../core/models/model.ts";
import { findSize, formatSize, nearestSize, nearestTier } from "../../core/models/size.ts";
import { safetyChoicesOf } from "../../core/request/safety.ts";
import type { DraftFields, DraftView, ModelView } from "../../protocol.ts";
import { withExtensionOf } from "./fields/pathFormat.ts";
import { effectiveShape } from "./fields/shape.ts";
import { safetyLabels } from "./optionLabels.ts";

/** The change from one model to another, with the draft as the host knows it. */
interface ModelChange {
  readonly from: ModelView;
  readonly to: ModelView;
  readonly draftView: DraftView;
}

/** The fields that change, and a sentence that explains the change. */
interface Change {
  readonly changes: DraftFields;
  readonly note: string;
}

/** Changes one part of a draft so that the new model can make it; `undefined` if it can already. */
type Fit = (fields: DraftFields, change: ModelChange) => Change | undefined;

/** Explains that a shape that the user left to Limn is another one with the new model. */
function fitUnsetShape(from: ModelView, to: ModelView, draftView: DraftView): Change | undefined {
  const [before, after] = [from, to].map((model) => effectiveShape(model, {}, draftView));
  if (after === undefined || JSON.stringify(before) === JSON.stringify(after)) {
    return undefined;
  }
  if (after === "like-reference" || "resolution" in after) {
    return { changes: {}, note: l10n.t("The shape is now that of the first reference.") };
  }
  const size = formatSize(after);
  const isOtherSize = before !== undefined && before !== "like-reference" && "width" in before;
  return {
    changes: {},
    note: isOtherSize
      ? l10n.t("The size is now {0}.", size)
      : l10n.t("The size is now {0}, because {1} makes only fixed sizes.", size, to.name),
  };
}

const fitSize: Fit = ({ shape }, { from, to, draftView }) => {
  if (shape === undefined) {
    return fitUnsetShape(from, to, draftView);
  }
  if (shape !== "like-reference" && "width" in shape) {
    if (findSize(to, shape) !== undefined) {
      return undefined;
    }
    const { width, height } = nearestSize(to, shape, findSize(from, shape)?.tier);
    const note = l10n.t(
      "The size is now {0}: {1} cannot make {2}.",
      formatSize({ width, height }),
      to.name,
      formatSize(shape),
    );
    return { changes: { shape: { width, height } }, note };
  }
  if (to.isSizeRequired) {
    const pixels = draftView.references[0]?.file ?? to.sizes[0];
    const { width, height } = nearestSize(to, pixels, shape === "like-reference" ? undefined : shape.resolution);
    const note = l10n.t(
      "The size is now {0}, because {1} makes only fixed sizes.",
      formatSize({ width, height }),
      to.name,
    );
    return { changes: { shape: { width, height } }, note };
  }
  if (shape === "like-reference" || to.resolutions.includes(shape.resolution)) {
    return undefined;
  }
  const resolution = nearestTier(to.resolutions, shape.resolution);
  return {
    changes: { shape: resolution === undefined ? "like-reference" : { resolution } },
    note: l10n.t("The resolution was changed to one that {0} can make.", to.name),
  };
};

const clamp = (value: number, { min, max }: IntegerRange): number => Math.min(max, Math.max(min, value));

/**
 * Fits a number to the model's range. The settings' value, if the form shows it, is fitted too. One
 * that was out of the range before stays, because the form shows what is wrong with it.
 */
const fitNumber =
  (field: "count" | "quality", rangeOf: (model: ModelView) => IntegerRange, sentence: (value: number) => string): Fit =>
  (fields, { from, to, draftView }) => {
    const { defaults } = draftView;
    const shown = { count: defaultCount(from, defaults.count), quality: defaults.quality };
    const value = fields[field] ?? shown[field];
    if (value !== clamp(value, rangeOf(from))) {
      return undefined;
    }
    const fitted = clamp(value, rangeOf(to));
    return fitted === value ? undefined : { changes: { [field]: fitted }, note: sentence(fitted) };
  };

/** Fits the format, and with it the extension of the path. */
const fitFormat: Fit = ({ format, path }, { to: { formats }, draftView: { defaults } }) => {
  const [first] = formats;
  if (first === undefined || formats.includes(format ?? defaults.format)) {
    return undefined;
  }
  const shownPath = path ?? defaults.path;
  const fittedPath = withExtensionOf(shownPath, first);
  return {
    changes: { format: first, ...(fittedPath === shownPath ? {} : { path: fittedPath }) },
    note: l10n.t("The format is now {0}.", first),
  };
};

/** Fits the safety check, unless it is left to the settings. */
const fitSafety: Fit = ({ safety }, { to }) => {
  const choices = safetyChoicesOf(to);
  const [first] = choices;
  return safety === undefined || first === undefined || choices.includes(safety)
    ? undefined
    : { changes: { safety: first }, note: l10n.t("The safety check is now {0}.", safetyLabels[first].label) };
};

const fits: readonly Fit[] = [
  fitSize,
  fitNumber(
    "count",
    ({ results }) => results,
    (count) => l10n.t("The number of pictures is now {0}.", count),
  ),
  fitNumber(
    "quality",
    ({ quality }) => quality,
    (quality) => l10n.t("The quality is now {0}.", quality),
  ),
  fitFormat,
  fitSafety,
];

/**
 * Changes all that the new model cannot do to the nearest that it can. Returns only the fields that
 * change, and a sentence for each change.
 */
export function fitDraft(
  fields: DraftFields,
  change: ModelChange,
): { readonly changes: DraftFields; readonly notes: readonly string[] } {
  return fits.reduce<{ readonly changes: DraftFields; readonly notes: readonly string[] }>(
    ({ changes, notes }, fit) => {
      const fitted = fit({ ...fields, ...changes }, change);
      return fitted === undefined
        ? { changes, notes }
        : { changes: { ...changes, ...fitted.changes }, notes: [...notes, fitted.note] };
    },
    { changes: {}, notes: [] },
  );
}
