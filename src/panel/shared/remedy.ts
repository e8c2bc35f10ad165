import * as l10n from "@vscode/l10n";
import type { Remedy } from "../../protocol.ts";

/** Labels of the buttons that run the command that helps after an error. */
export const remedyLabels: Readonly<Record<Remedy, string>> = {
  setApiKey: l10n.t("Set API Key…"),
  getKey: l10n.t("Open Runware Account"),
  showLog: l10n.t("Show Log"),
  settings: l10n.t("Open Settings"),
  budget: l10n.t("Change Budget…"),
};
