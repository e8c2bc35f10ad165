import { l10n } from "vscode";
import { fillVariables, variablesOf } from "../../core/request/prompts.ts";
import { countCharacters } from "../../core/text/characters.ts";
import { askText } from "./askText.ts";
import { runSteps, type Step } from "./runSteps.ts";

/** What a prompt's variables stand for, by their names. */
export interface VariableValues {
  readonly values: ReadonlyMap<string, string>;
}

/**
 * One step for each `{variable}` of a prompt.
 *
 * @param maxCharacters Most characters that the filled-in prompt may have.
 */
export const variableSteps = <Draft extends VariableValues>(text: string, maxCharacters: number): Step<Draft>[] =>
  variablesOf(text).map(
    (variable): Step<Draft> =>
      async (stepPosition, draft) => {
        const withValue = (value: string) => new Map([...draft.values, [variable, value.trim()]]);
        const answer = await askText(stepPosition, {
          prompt: l10n.t("What does {0} stand for?", `{${variable}}`),
          placeholder: l10n.t("Type {0} to send it as it stands", `{${variable}}`),
          value: draft.values.get(variable) ?? "",
          check: async (value) => {
            if (value.trim() === "") {
              return { kind: "error", message: l10n.t("Write something in its place.") };
            }
            const length = countCharacters(fillVariables(text, withValue(value)));
            return length > maxCharacters
              ? {
                  kind: "error",
                  message: l10n.t("With this, the prompt has {0} of {1} characters.", length, maxCharacters),
                }
              : undefined;
          },
        });
        return answer === "back" ? answer : { value: { ...draft, values: withValue(answer.value.text) } };
      },
  );

/**
 * Asks for what each variable stands for and resolves to the prompt with all of them filled in;
 * asks nothing if there are none. Rejects with kind `stopped` on Escape.
 */
export async function askVariables(title: string, text: string, maxCharacters: number): Promise<string> {
  const { values } = await runSteps<VariableValues>(title, variableSteps(text, maxCharacters), { values: new Map() });
  return fillVariables(text, values);
}
