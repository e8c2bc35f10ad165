import { l10n } from "vscode";
import type { Model } from "../../core/models/model.ts";
import { countCharacters } from "../../core/text/characters.ts";
import { cleanPrompt } from "../../core/text/promptText.ts";
import { describeReferences } from "../request/references.ts";
import { askText, type ValidationMessage } from "./askText.ts";
import type { FlowDraft } from "./draft.ts";
import type { Step } from "./runSteps.ts";

function validatePrompt(prompt: string, { promptLimit }: Model): ValidationMessage | undefined {
  const clean = cleanPrompt(prompt);
  const length = countCharacters(clean);
  if (clean === "") {
    return { kind: "error", message: l10n.t("Write what the picture should show.") };
  }
  if (length > promptLimit) {
    return { kind: "error", message: l10n.t("{0} of {1} characters: shorten the prompt.", length, promptLimit) };
  }
  // Close to the limit, the count is worth the room it takes.
  return length > promptLimit * 0.8
    ? { kind: "hint", message: l10n.t("{0} of {1} characters", length, promptLimit) }
    : undefined;
}

/**
 * Asks what the picture should show, or what should change. `remember` hears the prompt, whichever
 * way the step is left.
 */
export function promptStep(model: Model, remember: (prompt: string) => void): Step<FlowDraft> {
  return async (position, draft) => {
    const isEdit = draft.loaded.references.length > 0;
    const answer = await askText(position, {
      prompt: isEdit ? describeReferences(draft.loaded) : l10n.t("Describe the picture."),
      placeholder: isEdit
        ? l10n.t("What should change? For example: at night, in light snow")
        : l10n.t("What should the picture show? For example: a red fox in fresh snow"),
      value: draft.prompt,
      check: async (prompt) => validatePrompt(prompt, model),
      onLeave: remember,
    });
    return answer === "back" ? answer : { value: { ...draft, prompt: cleanPrompt(answer.value.text) } };
  };
}
