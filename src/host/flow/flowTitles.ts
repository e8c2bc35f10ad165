import { l10n } from "vscode";

/** Titles of the flows: the names of their commands. */
export const flowTitles = {
  generate: () => l10n.t("Generate Image"),
  edit: () => l10n.t("Edit Image"),
  makeDraft: () => l10n.t("Make Free Draft"),
};
