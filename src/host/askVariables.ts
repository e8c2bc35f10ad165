import { l10n } from "vscode";
import { countCharacters } from "../core/check.ts";
import { fillIn, variablesOf } from "../core/prompts.ts";
import { askText } from "./flow/text.ts";
import { type Step, walk } from "./flow/walk.ts";

/** What a prompt's variables stand for, by their names. */
export interface Filled {
  readonly values: ReadonlyMap<string, string>;
}

/**
 * One step for each `{variable}` of a prompt.
 *
 * @param limit Most characters that the filled-in prompt may have.
 */
export const variableSteps = <Draft extends Filled>(text: string, limit: number): Step<Draft>[] =>
  variablesOf(text).map(
    (variable): Step<Draft> =>
      async (place, draft) => {
        const withValue = (value: string) => new Map([...draft.values, [variable, value.trim()]]);
        const answer = await askText(place, {
          prompt: l10n.t("What does {0} stand for?", `{${variable}}`),
          placeholder: l10n.t("Type {0} to send it as it stands", `{${variable}}`),
          value: draft.values.get(variable) ?? "",
          check: async (value) => {
            if (value.trim() === "") {
              return { kind: "error", message: l10n.t("Write something in its place.") };
            }
            const length = countCharacters(fillIn(text, withValue(value)));
            return length > limit
              ? { kind: "error", message: l10n.t("With this, the prompt has {0} of {1} characters.", length, limit) }
              : undefined;
          },
        });
        return answer === "back" ? answer : { value: { ...draft, values: withValue(answer.value.text) } };
      },
  );

/**
 * Asks for what each variable stands for and resolves to the prompt with all of them filled in; asks nothing if there are none.
 * Rejects with kind `stopped` on Escape.
 */
export async function askVariables(title: string, text: string, limit: number): Promise<string> {
  const { values } = await walk<Filled>(title, variableSteps(text, limit), { values: new Map() });
  return fillIn(text, values);
}
