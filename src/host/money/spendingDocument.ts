import { EventEmitter, l10n, type TextDocumentContentProvider, Uri } from "vscode";
import type { Journal } from "../../core/journal/journal.ts";
import { limitsToShow } from "./budget.ts";

/** Scheme of the report, a virtual document. */
export const spendingScheme = "limn-spending";

/** URI of the report. Its path is the title of the tab. */
export const spendingUri = Uri.from({ scheme: spendingScheme, path: `${l10n.t("Limn Spending")}.md` });

/**
 * The spending report: a virtual document that is created from the journal each time it is shown.
 */
export class SpendingDocument implements TextDocumentContentProvider {
  readonly #journal: Journal;
  readonly #changeEmitter = new EventEmitter<Uri>();
  readonly onDidChange = this.#changeEmitter.event;

  constructor(journal: Journal) {
    this.#journal = journal;
  }

  async provideTextDocumentContent(): Promise<string> {
    const { spendingMarkdown } = await import("./spendingReport.ts");
    await this.#journal.load();
    return spendingMarkdown(this.#journal.listAll(), limitsToShow(), Date.now());
  }

  /** Updates an open report. */
  refresh(): void {
    this.#changeEmitter.fire(spendingUri);
  }

  dispose(): void {
    this.#changeEmitter.dispose();
  }
}
