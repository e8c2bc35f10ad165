import * as l10n from "@vscode/l10n";

/** What the pages show instead of a price in the sandbox. */
export const freeInSandbox = l10n.t("free in the sandbox");
