import * as l10n from "@vscode/l10n";
import type { SafetyChoice } from "../../core/request/safety.ts";
import type { ChoiceOption } from "../shared/choice.ts";

/** What the form calls a value, and its longer name. */
type OptionLabel = Required<Pick<ChoiceOption, "label" | "title">>;

/** The safety checks. */
export const safetyLabels = {
  off: { label: l10n.t("Off"), title: l10n.t("No safety check") },
  fast: { label: l10n.t("Fast"), title: l10n.t("Fast safety check") },
} as const satisfies Readonly<Record<SafetyChoice, OptionLabel>>;
