// Sets the texts of the page before any other module reads one: a page imports this file first.
import { config } from "@vscode/l10n";

config({ contents: document.body.dataset.l10n ?? "{}" });
