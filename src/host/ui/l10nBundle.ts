// Translates the texts of `core`. `limn.ts` imports this file first, so that texts in constants are
// translated too.
import { config } from "@vscode/l10n";
import { l10n } from "vscode";

config({ contents: l10n.bundle ?? {} });
