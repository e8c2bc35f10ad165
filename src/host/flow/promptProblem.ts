import { l10n } from "vscode";
import type { Family, Model } from "../../core/models/model.ts";
import { countCharacters } from "../../core/text/characters.ts";
import { cleanPrompt } from "../../core/text/promptText.ts";

/** The limits of a prompt after its variables are replaced, in characters. */
export type PromptLimits = Pick<Model, "promptMinimum" | "promptLimit">;

/** The limits that a prompt must keep for at least one of the models. */
export const widestLimits = (family: Family): PromptLimits => ({
  promptMinimum: Math.min(...family.map(({ promptMinimum }) => promptMinimum)),
  promptLimit: Math.max(...family.map(({ promptLimit }) => promptLimit)),
});

/** Why a prompt cannot be sent, as a sentence; `undefined` if it can. */
export function promptProblem(prompt: string, { promptMinimum, promptLimit }: PromptLimits): string | undefined {
  const clean = cleanPrompt(prompt);
  const length = countCharacters(clean);
  if (clean === "") {
    return l10n.t("Describe the picture.");
  }
  if (length < promptMinimum) {
    return l10n.t("The prompt is too short: at least {0} characters are needed.", promptMinimum);
  }
  return length > promptLimit ? l10n.t("{0} of {1} characters: shorten the prompt.", length, promptLimit) : undefined;
}
