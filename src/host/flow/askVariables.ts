import { l10n } from "vscode";
import { fillVariables, variablesOf } from "../../core/request/promptVariables.ts";
import { countCharacters } from "../../core/text/characters.ts";
import { cleanPrompt } from "../../core/text/promptText.ts";
import { askText } from "./askText.ts";
import { type PromptLimits, promptProblem } from "./promptProblem.ts";
import { runSteps } from "./runSteps.ts";
import type { Step } from "./step.ts";

/** The values of a prompt's variables, by name. */
export interface VariableValues {
  readonly values: ReadonlyMap<string, string>;
}

/** Returns one step for each `{variable}` of a prompt. */
export const variableSteps = <Draft extends VariableValues>(text: string, limits: PromptLimits): Step<Draft>[] =>
  variablesOf(text).map(
    (variable): Step<Draft> =>
      async (stepPosition, draft) => {
        const withValue = (value: string) => new Map([...draft.values, [variable, value.trim()]]);
        const answer = await askText(stepPosition, {
          prompt: l10n.t("What does {0} stand for?", `{${variable}}`),
          placeholder: l10n.t("Type {0} to send it unchanged", `{${variable}}`),
          value: draft.values.get(variable) ?? "",
          check: async (value) => {
            if (value.trim() === "") {
              return { kind: "error", message: l10n.t("Enter a value.") };
            }
            const values = withValue(value);
            const filled = cleanPrompt(fillVariables(text, values));
            const length = countCharacters(filled);
            if (length > limits.promptLimit) {
              return {
                kind: "error",
                message: l10n.t("With this, the prompt has {0} of {1} characters.", length, limits.promptLimit),
              };
            }
            const isComplete = variablesOf(text).every((name) => values.has(name));
            const problem = isComplete ? promptProblem(filled, limits) : undefined;
            return problem === undefined ? undefined : { kind: "error", message: problem };
          },
        });
        return answer === "back" ? answer : { value: { ...draft, values: withValue(answer.value.text) } };
      },
  );

/**
 * Asks for the value of each variable and resolves with the prompt after they are replaced. Asks
 * nothing if there are none. Rejects with kind `stopped` on Escape.
 */
export async function askVariables(title: string, text: string, limits: PromptLimits): Promise<string> {
  const { values } = await runSteps<VariableValues>(title, variableSteps(text, limits), { values: new Map() });
  return fillVariables(text, values);
}
