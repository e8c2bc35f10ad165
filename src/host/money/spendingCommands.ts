import { commands, window } from "vscode";
import type { Services } from "../services.ts";
import { spendingUri } from "./spendingDocument.ts";

/** Shows the report in VS Code's Markdown preview, or as text if that extension is disabled. */
export async function showSpending({ spendingDocument, log }: Services): Promise<void> {
  spendingDocument.refresh();
  try {
    await commands.executeCommand("markdown.showPreview", spendingUri);
  } catch (error) {
    log.info(`The Markdown preview could not be opened: ${String(error)}`);
    await window.showTextDocument(spendingUri);
  }
}
