import { l10n } from "vscode";
import { countCharacters } from "../../core/check.ts";
import type { Model } from "../../core/model.ts";
import { cleanPrompt } from "../../core/promptText.ts";
import { describeReferences } from "../references.ts";
import type { Draft } from "./draft.ts";
import { askText, type Remark } from "./text.ts";
import type { Step } from "./walk.ts";

function remark(prompt: string, { promptLimit }: Model): Remark | undefined {
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

/** Asks what the picture should show, or what should change. `remember` hears the prompt, whichever way the step is left. */
export function promptStep(model: Model, remember: (prompt: string) => void): Step<Draft> {
  return async (place, draft) => {
    const edits = draft.loaded.references.length > 0;
    const answer = await askText(place, {
      prompt: edits ? describeReferences(draft.loaded) : l10n.t("Describe the picture."),
      placeholder: edits
        ? l10n.t("What should change? For example: at night, in light snow")
        : l10n.t("What should the picture show? For example: a red fox in fresh snow"),
      value: draft.prompt,
      check: async (prompt) => remark(prompt, model),
      onLeave: remember,
    });
    return answer === "back" ? answer : { value: { ...draft, prompt: cleanPrompt(answer.value.text) } };
  };
}
