import { commands, l10n, Uri, window, workspace } from "vscode";
import type { Services } from "../services.ts";
import { notify } from "../ui/notify.ts";
import { shownPath } from "../workspace/workspaceFolders.ts";
import { spendingUri } from "./spendingDocument.ts";
import { workspacePath } from "./workspaces.ts";

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

/** Asks where to save; `undefined` if the user cancels. */
function askFile(): Thenable<Uri | undefined> {
  const [workspaceFolder] = workspace.workspaceFolders ?? [];
  return window.showSaveDialog({
    title: l10n.t("Export Spending as CSV"),
    filters: { [l10n.t("Comma-separated values")]: ["csv"] },
    ...(workspaceFolder === undefined ? {} : { defaultUri: Uri.joinPath(workspaceFolder.uri, "limn-spending.csv") }),
  });
}

/**
 * Exports every job that cost money as a CSV row, without prompts. Asks where to save if `file` is
 * not a URI.
 */
export async function exportSpending({ jobs }: Services, file?: unknown): Promise<void> {
  const uri = file instanceof Uri ? file : await askFile();
  if (uri === undefined) {
    return;
  }
  const { statementCsv } = await import("./spendingReport.ts");
  await jobs.journal.load();
  const csv = statementCsv(jobs.journal.listAll(), workspacePath);
  await workspace.fs.writeFile(uri, new TextEncoder().encode(csv));
  void notify(l10n.t("Saved {0}.", shownPath(uri)), {
    label: l10n.t("Open"),
    run: () => commands.executeCommand("vscode.open", uri),
  });
}
