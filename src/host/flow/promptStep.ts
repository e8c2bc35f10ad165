import { l10n } from "vscode";
import type { Model } from "../../core/models/model.ts";
import { countCharacters } from "../../core/text/characters.ts";
import { cleanPrompt } from "../../core/text/promptText.ts";
import { describeReferences } from "../request/references.ts";
import { askText, type ValidationMessage } from "./askText.ts";
import type { FlowDraft } from "./flowDraft.ts";
import type { Step } from "./step.ts";

function validatePrompt(prompt: string, { promptMinimum, promptLimit }: Model): ValidationMessage | undefined {
  const clean = cleanPrompt(prompt);
  const length = countCharacters(clean);
  if (clean === "") {
    return { kind: "error", message: l10n.t("Describe the picture.") };
  }
  if (length < promptMinimum) {
    return {
      kind: "error",
      message: l10n.t("The prompt is too short: at least {0} characters are needed.", promptMinimum),
    };
  }
  if (length > promptLimit) {
    return { kind: "error", message: l10n.t("{0} of {1} characters: shorten the prompt.", length, promptLimit) };
  }
  // The count is shown only near the limit.
  return length > promptLimit * 0.8
    ? { kind: "hint", message: l10n.t("{0} of {1} characters", length, promptLimit) }
    : undefined;
}

/**
 * Asks for the prompt. `remember` gets it when the step closes, even by Escape.
 */
export function promptStep(remember: (prompt: string) => void): Step<FlowDraft> {
  return async (position, draft) => {
    const isEdit = draft.loaded.references.length > 0;
    const answer = await askText(position, {
      prompt: isEdit ? describeReferences(draft.loaded, draft.model) : l10n.t("Describe the picture."),
      placeholder: isEdit
        ? l10n.t("What should change? For example: at night, in light snow")
        : l10n.t("What should the picture show? For example: a red fox in fresh snow"),
      value: draft.prompt,
      check: async (prompt) => validatePrompt(prompt, draft.model),
      onLeave: remember,
    });
    return answer === "back" ? answer : { value: { ...draft, prompt: cleanPrompt(answer.value.text) } };
  };
}
