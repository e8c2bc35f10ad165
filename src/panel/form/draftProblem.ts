import * as l10n from "@vscode/l10n";
import { estimateCost } from "../../core/money/price.ts";
import type { RequestField } from "../../core/request/requestFields.ts";
import { cleanPrompt } from "../../core/text/promptText.ts";
import { shownName } from "../../core/text/shownName.ts";
import type { DraftFields, Snapshot } from "../../protocol.ts";
import { overBudgetText } from "../shared/money.ts";
import { referenceLimitText } from "./fields/referenceLimit.ts";
import type { Shape } from "./fields/shape.ts";
import { promptLengthOf } from "./promptLength.ts";

/** Why a draft cannot be sent as it is, and the field to change. */
export interface DraftProblem {
  readonly field: RequestField | "engine";
  readonly reason: string;
}

const isWithin = (value: number, { min, max }: { readonly min: number; readonly max: number }): boolean =>
  value >= min && value <= max;

/**
 * The first problem of a draft; `undefined` if there is none. The host checks again, with all
 * rules. `shape` is what is sent, `chosenShape` what the user chose.
 */
export function findDraftProblem(
  { model, models, unknownModel, engine, draft: draftView }: Snapshot,
  draft: DraftFields,
  shape: Shape | undefined,
  chosenShape: Shape | undefined,
): DraftProblem | undefined {
  const { prompt = "", count = 1, quality = draftView.defaults.quality, path } = draft;
  const { savePathPreview } = draftView;
  const overBudget = shape === undefined ? undefined : overBudgetText(engine, estimateCost(model, shape, count));
  const referenceLimit = referenceLimitText(model, draftView.references.length);
  const followsReference = typeof chosenShape !== "object" || "resolution" in chosenShape;
  const isUnknown = draft.model !== undefined && !models.some(({ id }) => id === draft.model);
  const { length: promptLength, hintNote } = promptLengthOf(draftView, draft);
  const excessCharacters = promptLength - model.promptLimit;
  const rules: readonly (readonly [isBroken: boolean, field: DraftProblem["field"], reason: string])[] = [
    [
      engine.invalid !== undefined,
      "engine",
      l10n.t(
        "Limn does not know the engine “{0}” of the settings. Set “limn.engine” to “runware” or to “sandbox”.",
        engine.invalid ?? "",
      ),
    ],
    [
      isUnknown,
      "model",
      l10n.t("Limn does not know the model “{0}”. Choose another one.", shownName(draft.model ?? "")),
    ],
    [
      unknownModel !== undefined && draft.model === undefined,
      "model",
      l10n.t("Limn does not know the model “{0}” of the settings. Choose one.", unknownModel ?? ""),
    ],
    [cleanPrompt(prompt) === "", "prompt", l10n.t("Write what the picture should show.")],
    [
      excessCharacters > 0,
      "prompt",
      `${
        excessCharacters === 1
          ? l10n.t("The prompt is 1 character too long.")
          : l10n.t("The prompt is {0} characters too long.", excessCharacters)
      } ${hintNote}`.trim(),
    ],
    [
      promptLength < model.promptMinimum,
      "prompt",
      l10n.t("The prompt is too short: at least {0} characters are needed.", model.promptMinimum),
    ],
    [shape === undefined && chosenShape === undefined, "references", l10n.t("The reference images are being read.")],
    [referenceLimit !== undefined, "references", referenceLimit ?? ""],
    [
      shape === undefined,
      "size",
      followsReference && draftView.references.length === 0
        ? l10n.t("Choose a shape: there is no reference to take it from.")
        : l10n.t("Choose a shape: {0} cannot make the one that was chosen.", model.name),
    ],
    [
      !isWithin(count, model.results),
      "count",
      l10n.t("Between {0} and {1} pictures can be made at once.", model.results.min, model.results.max),
    ],
    [
      !isWithin(quality, model.quality),
      "quality",
      l10n.t("The quality goes from {0} to {1}.", model.quality.min, model.quality.max),
    ],
    [
      savePathPreview?.path === path && savePathPreview?.error !== undefined,
      "path",
      l10n.t("This place to save cannot be used."),
    ],
    [overBudget !== undefined, "budget", overBudget ?? ""],
  ];
  const firstBroken = rules.find(([isBroken]) => isBroken);
  return firstBroken === undefined ? undefined : { field: firstBroken[1], reason: firstBroken[2] };
}
