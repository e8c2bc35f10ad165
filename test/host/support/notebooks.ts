import { commands, type TextDocument, window, workspace } from "vscode";
import { waitUntil } from "./commands.ts";
import { uriInWorkspace } from "./files.ts";
import { actionsIn } from "./lightBulb.ts";

/** A notebook with one cell, of Markdown, as its file. */
export const notebookWith = (markdown: string): string =>
  JSON.stringify({
    cells: [{ cell_type: "markdown", metadata: {}, source: [markdown] }],
    metadata: {},
    nbformat: 4,
    nbformat_minor: 5,
  });

/** Shows a notebook with its first cell in edit mode: other cells have no light bulb. */
export async function openFirstCell(path: string): Promise<TextDocument> {
  const notebook = await workspace.openNotebookDocument(uriInWorkspace(path));
  await window.showNotebookDocument(notebook);
  await commands.executeCommand("notebook.focusTop");
  await commands.executeCommand("notebook.cell.edit");
  const { document } = notebook.cellAt(0);
  const { range } = document.lineAt(0);
  await waitUntil("the cell is edited", () =>
    actionsIn(document, range).then(
      () => true,
      () => false,
    ),
  );
  return document;
}
