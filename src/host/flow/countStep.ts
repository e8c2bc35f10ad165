import { l10n } from "vscode";
import { askChoice } from "./askChoice.ts";
import type { FlowDraft } from "./flowDraft.ts";
import { priceOfDraft } from "./purchaseText.ts";
import type { Step } from "./step.ts";

/** Asks how many pictures, with what each choice is expected to cost. */
export function countStep(): Step<FlowDraft> {
  return async (position, draft) => {
    const { min, max } = draft.model.results;
    const counts = Array.from({ length: max - min + 1 }, (_, index) => min + index);
    const answer = await askChoice<number>(position, {
      placeholder: l10n.t("How many? Each is different; you choose which to keep."),
      choices: counts.map((count) => ({
        label: count === 1 ? l10n.t("1 picture") : l10n.t("{0} pictures", count),
        description: priceOfDraft({ ...draft, count }),
        value: count,
      })),
      isActive: (count) => count === draft.count,
    });
    return answer === "back" ? answer : { value: { ...draft, count: answer.value } };
  };
}
