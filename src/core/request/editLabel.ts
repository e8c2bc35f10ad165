import * as l10n from "@vscode/l10n";

/**
 * The name of the button that puts a refused request into the form. `field`: the part of the
 * request that the refusal is about; `undefined` if the service does not say it.
 */
export const editLabel = (field: string | undefined): string =>
  field === undefined || field === "prompt" ? l10n.t("Edit Prompt") : l10n.t("Edit Request");
