import * as l10n from "@vscode/l10n";
import { findSize, formatSize, nearestSize } from "../../core/models/size.ts";
import type { DraftFields, DraftView, ModelView } from "../../protocol.ts";

/** A draft that fits a model, and a sentence for each change that this took. */
interface FittedDraft {
  readonly fields: DraftFields;
  readonly notes: readonly string[];
}

/** Changes one part of a draft so that the model can make it. */
type Fit = (fields: DraftFields, model: ModelView, draftView: DraftView) => FittedDraft;

const fitSize: Fit = (fields, model, draftView) => {
  const { shape } = fields;
  if (shape === undefined) {
    return { fields, notes: [] };
  }
  if (shape !== "like-reference" && "width" in shape) {
    if (findSize(model, shape) !== undefined) {
      return { fields, notes: [] };
    }
    const { width, height } = nearestSize(model, shape);
    const note = l10n.t(
      "The size is now {0}: {1} cannot make {2}.",
      formatSize({ width, height }),
      model.name,
      formatSize(shape),
    );
    return { fields: { ...fields, shape: { width, height } }, notes: [note] };
  }
  if (model.isSizeRequired) {
    const pixels = draftView.references[0]?.file ?? model.sizes[0];
    const { width, height } = nearestSize(model, pixels, shape === "like-reference" ? undefined : shape.resolution);
    const note = l10n.t(
      "The size is now {0}, because {1} makes only fixed sizes.",
      formatSize({ width, height }),
      model.name,
    );
    return { fields: { ...fields, shape: { width, height } }, notes: [note] };
  }
  if (shape === "like-reference" || model.resolutions.includes(shape.resolution)) {
    return { fields, notes: [] };
  }
  const resolution = model.resolutions.at(-1);
  const note = l10n.t("The resolution was changed to one that {0} can make.", model.name);
  return { fields: { ...fields, shape: resolution === undefined ? "like-reference" : { resolution } }, notes: [note] };
};

const fitCount: Fit = (fields, { results: { min, max } }) => {
  const { count } = fields;
  const fitted = count === undefined ? undefined : Math.min(max, Math.max(min, count));
  return fitted === undefined || fitted === count
    ? { fields, notes: [] }
    : { fields: { ...fields, count: fitted }, notes: [l10n.t("The number of pictures is now {0}.", fitted)] };
};

const fitQuality: Fit = (fields, { quality: { min, max } }) => {
  const { quality } = fields;
  const fitted = quality === undefined ? undefined : Math.min(max, Math.max(min, quality));
  return fitted === undefined || fitted === quality
    ? { fields, notes: [] }
    : { fields: { ...fields, quality: fitted }, notes: [l10n.t("The quality is now {0}.", fitted)] };
};

const fitFormat: Fit = (fields, { formats }) => {
  const { format } = fields;
  const [first] = formats;
  return format === undefined || first === undefined || formats.includes(format)
    ? { fields, notes: [] }
    : { fields: { ...fields, format: first }, notes: [l10n.t("The format is now {0}.", first)] };
};

/** The draft with all that the model cannot do changed to the nearest that it can. */
export function fitDraft(fields: DraftFields, model: ModelView, draftView: DraftView): FittedDraft {
  return [fitSize, fitCount, fitQuality, fitFormat].reduce<FittedDraft>(
    (fitted, fit) => {
      const next = fit(fitted.fields, model, draftView);
      return { fields: next.fields, notes: [...fitted.notes, ...next.notes] };
    },
    { fields, notes: [] },
  );
}
