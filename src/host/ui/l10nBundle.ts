// Gives the texts of `core` the language of VS Code: `limn.ts` imports this file first, so that
// tables of texts are translated as well.
import { config } from "@vscode/l10n";
import { l10n } from "vscode";

config({ contents: l10n.bundle ?? {} });
