import { l10n, QuickPickItemKind } from "vscode";
import { formatSize, type Pixels } from "../../core/models/size.ts";
import { fillVariables } from "../../core/request/promptVariables.ts";
import { sentPrompt } from "../../core/request/sentPrompt.ts";
import { describeTarget, groupTargets } from "../../core/targets/describeTarget.ts";
import { fitText } from "../../core/targets/fitText.ts";
import { promptHint } from "../../core/targets/promptHint.ts";
import type { ExportTarget } from "../../core/targets/target.ts";
import { filePixels, fitOf, sizeForTarget, targetPixels } from "../../core/targets/targetFit.ts";
import { askChoice, type ChoiceItem } from "../flow/askChoice.ts";
import type { FlowDraft } from "../flow/flowDraft.ts";
import { promptProblem } from "../flow/promptProblem.ts";
import { sizeIcon } from "../flow/sizeIcon.ts";
import type { StepPosition, StepResult } from "../flow/step.ts";

/** The part of a draft that a target changes. */
type MadeFor = Pick<FlowDraft, "shape" | "exportTarget" | "promptHint">;

function targetItem(target: ExportTarget, { model }: FlowDraft, current: Pixels): ChoiceItem<ExportTarget> {
  const wanted = targetPixels(target);
  const size = sizeForTarget(model, wanted, current);
  const fit = fitOf(wanted, size);
  const text = fitText(size, fit);
  return {
    label: target.name,
    description: describeTarget(target),
    detail:
      fit.missing === undefined
        ? [formatSize(size), ...(text === undefined ? [] : [text])].join(" · ")
        : `$(warning) ${text}`,
    iconPath: sizeIcon(filePixels(wanted, size)[0] ?? size),
    value: target,
  };
}

/**
 * The targets by group, each with the size that the model makes for it. `current` is the size
 * without a target.
 */
export const targetItems = (
  targets: readonly ExportTarget[],
  draft: FlowDraft,
  current: Pixels,
): readonly ChoiceItem<ExportTarget>[] =>
  groupTargets(targets).flatMap(({ label, inGroup }) => [
    { label: l10n.t("For: {0}", label), kind: QuickPickItemKind.Separator },
    ...inGroup.map((target) => targetItem(target, draft, current)),
  ]);

/**
 * The draft for a target: in the size that loses least, and with a sentence after the prompt if the
 * target has one and the user agrees. If the prompt is too long for it, the user may change it.
 */
export async function makeFor(
  position: StepPosition,
  draft: FlowDraft,
  target: ExportTarget,
  current: Pixels,
): Promise<StepResult<MadeFor> | "changePrompt"> {
  const wanted = targetPixels(target);
  const { width, height } = sizeForTarget(draft.model, wanted, current);
  const shape = { width, height };
  const hint = promptHint(wanted, shape);
  if (hint === undefined) {
    return { value: { shape, exportTarget: target, promptHint: undefined } };
  }
  const withHint = { prompt: fillVariables(draft.prompt, draft.values), promptHint: hint };
  const fits = promptProblem(sentPrompt(withHint), draft.model) === undefined;
  const answer = await askChoice<"add" | "leave" | "changePrompt">(position, {
    placeholder: fits
      ? l10n.t("Add this to the prompt for {0}?", target.name)
      : l10n.t("The prompt is too long to add the sentence for {0}", target.name),
    choices: [
      ...(fits ? [{ label: l10n.t("Add to the Prompt"), detail: hint, value: "add" } as const] : []),
      { label: l10n.t("Leave the Prompt as It Is"), value: "leave" },
      ...(fits ? [] : [{ label: l10n.t("Shorten the Prompt"), detail: hint, value: "changePrompt" } as const]),
    ],
  });
  if (answer === "back") {
    return answer;
  }
  const { value } = answer;
  return value === "changePrompt"
    ? value
    : { value: { shape, exportTarget: target, promptHint: value === "add" ? hint : undefined } };
}
