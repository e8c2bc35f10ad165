import { l10n, QuickPickItemKind } from "vscode";
import type { Family, Model } from "../../core/models/model.ts";
import { formatUsd } from "../../core/money/usd.ts";
import { engineToShow } from "../connection/engineSetting.ts";
import { freeInSandbox } from "../money/sandboxPrice.ts";
import { askChoice, type ChoiceItem } from "./askChoice.ts";
import type { StepPosition, StepResult } from "./step.ts";

/** The value of the item that leads to the choice of the model. */
export const changeModel = "change-model";

/** One line at the end of a choice: the model in use, and the way to another. */
export const modelItems = ({ name, summary }: Model): readonly ChoiceItem<typeof changeModel>[] => [
  { label: l10n.t("model"), kind: QuickPickItemKind.Separator },
  { label: l10n.t("{0}: Change Model…", name), description: summary(), value: changeModel },
];

/** The price of a picture: one for all tiers, or one for each; none in the sandbox. */
function priceText({ price }: Model): string {
  if (engineToShow() === "sandbox") {
    return freeInSandbox();
  }
  const prices = Object.entries(price);
  const [first] = prices;
  const isSame = prices.every(([, usd]) => usd === first?.[1]);
  const texts = prices.map(([tier, usd]) => `${tier.toUpperCase()} ${formatUsd(usd)}`);
  return l10n.t("About {0} a picture", isSame && first !== undefined ? formatUsd(first[1]) : texts.join(", "));
}

/** Asks which model makes the pictures. `problem` says why the current one cannot. */
export const askModel = (
  position: StepPosition,
  family: Family,
  current: Model,
  problem?: string,
): Promise<StepResult<Model>> =>
  askChoice<Model>(position, {
    placeholder:
      problem === undefined
        ? l10n.t("Model for this request; the setting “limn.model” is for all")
        : l10n.t("{0} cannot use this prompt. {1}", current.name, problem),
    choices: family.map((model) => ({
      label: model.name,
      description: model.summary(),
      detail: priceText(model),
      value: model,
    })),
    isActive: ({ id }) => id === current.id,
  });
