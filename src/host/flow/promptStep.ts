import { l10n } from "vscode";
import type { Family, Model } from "../../core/models/model.ts";
import { countCharacters } from "../../core/text/characters.ts";
import { cleanPrompt } from "../../core/text/promptText.ts";
import { describeReferences } from "../request/references.ts";
import { askText, type ValidationMessage } from "./askText.ts";
import type { FlowDraft } from "./flowDraft.ts";
import { promptProblem, widestLimits } from "./promptProblem.ts";
import type { Step } from "./step.ts";

/** A prompt that only other models can use is accepted, because the next step offers them. */
function validatePrompt(prompt: string, model: Model, family: Family): ValidationMessage | undefined {
  const problem = promptProblem(prompt, widestLimits(family));
  if (problem !== undefined) {
    return { kind: "error", message: problem };
  }
  const problemOfModel = promptProblem(prompt, model);
  if (problemOfModel !== undefined) {
    return { kind: "hint", message: problemOfModel };
  }
  const { promptLimit } = model;
  const length = countCharacters(cleanPrompt(prompt));
  // The count is shown only near the limit.
  return length > promptLimit * 0.8
    ? { kind: "hint", message: l10n.t("{0} of {1} characters", length, promptLimit) }
    : undefined;
}

/**
 * Asks for the prompt. `remember` gets it when the step closes, even by Escape.
 */
export function promptStep(family: Family, remember: (prompt: string) => void): Step<FlowDraft> {
  return async (position, draft) => {
    const isEdit = draft.loaded.references.length > 0;
    const answer = await askText(position, {
      prompt: isEdit ? describeReferences(draft.loaded, draft.model) : l10n.t("Describe the picture."),
      placeholder: isEdit
        ? l10n.t("What should change? For example: at night, in light snow")
        : l10n.t("What should the picture show? For example: a red fox in fresh snow"),
      value: draft.prompt,
      check: async (prompt) => validatePrompt(prompt, draft.model, family),
      onLeave: remember,
    });
    return answer === "back" ? answer : { value: { ...draft, prompt: cleanPrompt(answer.value.text) } };
  };
}
