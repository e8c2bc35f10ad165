import { EventEmitter, type TextDocumentContentProvider, Uri } from "vscode";
import type { Journal } from "../../core/jobs/journal.ts";
import { limitsToShow } from "./budget.ts";
import { spendingMarkdown } from "./spendingMarkdown.ts";

/** Scheme of the report's document, which is on no disk. */
export const spendingScheme = "limn-spending";

/** The report's document. */
export const spendingUri = Uri.from({ scheme: spendingScheme, path: "Limn Spending.md" });

/** The spending report: a document that is made of the journal whenever it is shown. */
export class SpendingDocument implements TextDocumentContentProvider {
  readonly #journal: Journal;
  readonly #changeEmitter = new EventEmitter<Uri>();
  readonly onDidChange = this.#changeEmitter.event;

  constructor(journal: Journal) {
    this.#journal = journal;
  }

  async provideTextDocumentContent(): Promise<string> {
    await this.#journal.load();
    return spendingMarkdown(this.#journal.listAll(), limitsToShow(), Date.now());
  }

  /** Has an open report made anew. */
  refresh(): void {
    this.#changeEmitter.fire(spendingUri);
  }

  dispose(): void {
    this.#changeEmitter.dispose();
  }
}
