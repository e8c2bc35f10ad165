import { commands, EventEmitter, l10n, type TextDocumentContentProvider, Uri, window, workspace } from "vscode";
import type { Journal } from "../../core/journal.ts";
import { statementCsv } from "../../core/statement.ts";
import { limitsToShow } from "../budget.ts";
import { shownPath } from "../places.ts";
import type { Services } from "../services.ts";
import { tell } from "../tell.ts";
import { spendingReport } from "./report.ts";
import { workspacePath } from "./workspaces.ts";

/** Scheme of the report's document, which is on no disk. */
export const spendingScheme = "limn-spending";

/** The report's document. */
export const spendingUri = Uri.from({ scheme: spendingScheme, path: "Limn Spending.md" });

/** The spending report: a document that is made of the journal whenever it is shown. */
export class SpendingReport implements TextDocumentContentProvider {
  readonly #journal: Journal;
  readonly #changed = new EventEmitter<Uri>();
  readonly onDidChange = this.#changed.event;

  constructor(journal: Journal) {
    this.#journal = journal;
  }

  async provideTextDocumentContent(): Promise<string> {
    await this.#journal.load();
    return spendingReport(this.#journal.all(), limitsToShow(), Date.now());
  }

  /** Has an open report made anew. */
  refresh(): void {
    this.#changed.fire(spendingUri);
  }

  dispose(): void {
    this.#changed.dispose();
  }
}

/** Shows the report, laid out where VS Code's own Markdown preview is there, and as text where it was switched off. */
export async function showSpending({ spending, log }: Services): Promise<void> {
  spending.refresh();
  try {
    await commands.executeCommand("markdown.showPreview", spendingUri);
  } catch (error) {
    log.info(`There is no Markdown preview: ${String(error)}`);
    await window.showTextDocument(spendingUri);
  }
}

/** Asks where to save; `undefined` where a person leaves. */
function askFile(): Thenable<Uri | undefined> {
  const [home] = workspace.workspaceFolders ?? [];
  return window.showSaveDialog({
    title: l10n.t("Export Spending as CSV"),
    filters: { [l10n.t("Comma-separated values")]: ["csv"] },
    ...(home === undefined ? {} : { defaultUri: Uri.joinPath(home.uri, "limn-spending.csv") }),
  });
}

/** Saves every job that cost money as a row of comma-separated values, without prompts. `file` takes the place of the question where to. */
export async function exportSpending({ jobs }: Services, file?: unknown): Promise<void> {
  const uri = file instanceof Uri ? file : await askFile();
  if (uri === undefined) {
    return;
  }
  await jobs.journal.load();
  const csv = statementCsv(jobs.journal.all(), workspacePath);
  await workspace.fs.writeFile(uri, new TextEncoder().encode(csv));
  void tell(l10n.t("Saved {0}.", shownPath(uri)), {
    label: l10n.t("Open"),
    run: () => commands.executeCommand("vscode.open", uri),
  });
}
