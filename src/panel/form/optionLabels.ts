import * as l10n from "@vscode/l10n";
import type { DeliveryMethod, OutputType } from "../../core/models/model.ts";
import type { SafetyChoice } from "../../core/request/safety.ts";
import type { ChoiceOption } from "../shared/choice.ts";

/** What the form calls a value, and its longer name. */
type OptionLabel = Required<Pick<ChoiceOption, "label" | "title">>;

/** The safety checks. */
export const safetyLabels = {
  off: { label: l10n.t("Off"), title: l10n.t("No safety check") },
  fast: { label: l10n.t("Fast"), title: l10n.t("Fast safety check") },
} as const satisfies Readonly<Record<SafetyChoice, OptionLabel>>;

/** The forms in which pictures arrive. */
export const outputTypeLabels = {
  URL: { label: l10n.t("URL"), title: l10n.t("As a link, fetched at once") },
  base64Data: { label: l10n.t("Base64"), title: l10n.t("In the answer, as base64") },
  dataURI: { label: l10n.t("Data URI"), title: l10n.t("In the answer, as a data URI") },
} as const satisfies Readonly<Record<OutputType, OptionLabel>>;

/** The ways to wait for pictures. */
export const deliveryMethodLabels = {
  async: { label: l10n.t("Async"), title: l10n.t("Asks from time to time whether the pictures are there") },
  sync: { label: l10n.t("Sync"), title: l10n.t("Keeps one request open until the pictures are there") },
} as const satisfies Readonly<Record<DeliveryMethod, OptionLabel>>;
