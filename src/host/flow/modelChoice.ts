import { l10n, QuickPickItemKind } from "vscode";
import type { Family, Model } from "../../core/models/model.ts";
import { formatUsd } from "../../core/money/usd.ts";
import { askChoice, type ChoiceItem } from "./askChoice.ts";
import type { StepPosition, StepResult } from "./step.ts";

/** The value of the item that leads to the choice of the model. */
export const changeModel = "change-model";

/** One line at the end of a choice: the model in use, and the way to another. */
export const modelItems = ({ name, summary }: Model): readonly ChoiceItem<typeof changeModel>[] => [
  { label: l10n.t("model"), kind: QuickPickItemKind.Separator },
  { label: l10n.t("{0}: Change Model…", name), description: summary(), value: changeModel },
];

/** Lowest price of one picture, as users read it. */
const priceFrom = ({ price }: Model): string => formatUsd(Math.min(...Object.values(price)));

/** Asks which model makes the pictures. */
export const askModel = (position: StepPosition, family: Family, current: Model): Promise<StepResult<Model>> =>
  askChoice<Model>(position, {
    placeholder: l10n.t("Model for this request; the setting “limn.model” is for all"),
    choices: family.map((model) => ({
      label: model.name,
      description: model.summary(),
      detail: l10n.t("From {0} a picture", priceFrom(model)),
      value: model,
    })),
    isActive: ({ id }) => id === current.id,
  });
