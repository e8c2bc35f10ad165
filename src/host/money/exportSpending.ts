import { commands, l10n, Uri, window, workspace } from "vscode";
import type { Jobs } from "../../core/jobs/jobs.ts";
import { statementCsv } from "../../core/money/statement.ts";
import { notify } from "../ui/notify.ts";
import { shownPath } from "../workspace/workspaceFolders.ts";
import { workspacePath } from "./workspaces.ts";

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
export async function exportSpending({ jobs }: { readonly jobs: Jobs }, file?: unknown): Promise<void> {
  const uri = file instanceof Uri ? file : await askFile();
  if (uri === undefined) {
    return;
  }
  await jobs.journal.load();
  const csv = statementCsv(jobs.journal.listAll(), workspacePath);
  await workspace.fs.writeFile(uri, new TextEncoder().encode(csv));
  void notify(l10n.t("Saved {0}.", shownPath(uri)), {
    label: l10n.t("Open"),
    run: () => commands.executeCommand("vscode.open", uri),
  });
}
