import { l10n } from "vscode";
import { defaultSize } from "../../core/models/defaultSize.ts";
import type { Family } from "../../core/models/model.ts";
import { formatSize, nearestSize } from "../../core/models/size.ts";
import { fillVariables } from "../../core/request/promptVariables.ts";
import type { Shape } from "../../core/request/request.ts";
import type { ExportTarget } from "../../core/targets/target.ts";
import { makeFor, targetItems } from "../targets/targetChoice.ts";
import { askChoice, type ChoiceItem } from "./askChoice.ts";
import type { FlowDraft } from "./flowDraft.ts";
import { askModel, changeModel, modelItems } from "./modelChoice.ts";
import { promptProblem } from "./promptProblem.ts";
import { separator, sizeChoice, sizeChoices } from "./sizeChoices.ts";
import { sizeIcon } from "./sizeIcon.ts";
import type { Step } from "./step.ts";

/** Compares shapes in their stored form. */
const isSameShape = (a: Shape | undefined, b: Shape): boolean => JSON.stringify(a) === JSON.stringify(b);

/**
 * The choices that a reference adds: the nearest size, and its own shape if the model can follow
 * it.
 */
function referenceChoices({ model, loaded }: FlowDraft): ChoiceItem<Shape>[] {
  const [first] = loaded.references;
  if (first?.file === undefined) {
    return [];
  }
  const { pixels } = first.file;
  const nearest = nearestSize(model, pixels);
  const resolutionChoices = model.resolutions.toReversed().map((resolution) => ({
    label: l10n.t("Like the reference, {0}", resolution.toUpperCase()),
    description: l10n.t("keeps the shape of {0}", first.label),
    iconPath: sizeIcon(pixels),
    value: { resolution },
  }));
  const noSizeChoice: ChoiceItem<Shape> = {
    label: l10n.t("Like the reference, the service's choice"),
    description: l10n.t("no size is sent"),
    iconPath: sizeIcon(pixels),
    value: "like-reference",
  };
  const ownShapeChoices = model.isSizeRequired ? [] : [...resolutionChoices, noSizeChoice];
  return [
    separator(l10n.t("reference: {0}", formatSize(pixels))),
    sizeChoice(nearest, l10n.t("nearest to the reference")),
    ...ownShapeChoices,
  ];
}

/** What the step can answer. */
type Answer = Shape | ExportTarget | typeof changeModel;

const isTarget = (value: Answer): value is ExportTarget => typeof value === "object" && "files" in value;

/** Whether the draft has this answer, or none yet and it is the proposed size. */
function isChosen(value: Answer, { shape, exportTarget }: FlowDraft, proposed: Shape): boolean {
  if (exportTarget !== undefined || isTarget(value)) {
    return value === exportTarget;
  }
  return value !== changeModel && isSameShape(shape ?? proposed, value);
}

/** Why the draft's model cannot use its prompt; `undefined` if it can. */
const problemOf = ({ prompt, values, model }: FlowDraft): string | undefined =>
  promptProblem(fillVariables(prompt, values), model);

/**
 * Asks for the size, among those that the draft's model can make, or for the target that decides on
 * it; offers another model, and asks for one first if this one cannot use the prompt. If the chosen
 * one cannot either, the flow returns to the prompt.
 */
export function sizeStep(family: Family, targets: readonly ExportTarget[]): Step<FlowDraft> {
  return async (position, start) => {
    let draft = start;
    for (;;) {
      const { model, loaded } = draft;
      const problem = problemOf(draft);
      if (problem !== undefined) {
        const chosen = await askModel(position, family, model, problem);
        draft = chosen === "back" ? draft : { ...draft, model: chosen.value };
        if (problemOf(draft) !== undefined) {
          return { restart: draft };
        }
        continue;
      }
      const proposed = defaultSize(model, loaded.references[0]?.file?.pixels, draft.lastSize);
      const answer = await askChoice<Answer>(position, {
        placeholder: l10n.t("Size in pixels, or what it is for; type to find one, such as 16:9, 2K or og:image"),
        choices: [
          ...referenceChoices(draft),
          ...sizeChoices(model),
          ...targetItems(targets, draft, proposed),
          ...modelItems(model),
        ],
        isActive: (value) => isChosen(value, draft, proposed),
      });
      if (answer === "back") {
        return { back: draft };
      }
      const { value } = answer;
      if (isTarget(value)) {
        const made = await makeFor(position, draft, value, proposed);
        if (made === "changePrompt") {
          return { restart: draft };
        }
        if (made !== "back") {
          return { value: { ...draft, ...made.value } };
        }
        continue;
      }
      if (value !== changeModel) {
        return { value: { ...draft, shape: value, exportTarget: undefined, promptHint: undefined } };
      }
      const chosen = await askModel(position, family, model);
      if (chosen !== "back") {
        draft = { ...draft, model: chosen.value };
        if (problemOf(draft) !== undefined) {
          return { restart: draft };
        }
      }
    }
  };
}
