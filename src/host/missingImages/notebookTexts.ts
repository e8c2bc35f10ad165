import { NotebookCellKind, type NotebookDocument, type Uri, workspace } from "vscode";
import * as z from "zod/mini";
import { type LinkedText, linkedTextOf } from "../imageLinks/linkedFile.ts";
import { isSameFile } from "../workspace/fileUri.ts";
import { readRegularFile } from "../workspace/readRegularFile.ts";

/** Source: nbformat 4. */
const notebookSchema = z.object({
  cells: z.array(z.object({ cell_type: z.string(), source: z.union([z.string(), z.array(z.string())]) })),
});

/** The Markdown of a notebook's file; empty if it is damaged. */
function markdownOf(bytes: Uint8Array): string {
  try {
    const { cells = [] } = notebookSchema.safeParse(JSON.parse(new TextDecoder().decode(bytes))).data ?? {};
    const markdown = cells.filter(({ cell_type }) => cell_type === "markdown");
    return markdown.map(({ source }) => (typeof source === "string" ? source : source.join(""))).join("\n\n");
  } catch {
    return "";
  }
}

/** The Markdown cells of an open notebook. */
export const textsOfNotebook = (notebook: NotebookDocument): readonly LinkedText[] =>
  notebook.getCells().flatMap(({ kind, document }) => {
    const text = kind === NotebookCellKind.Markup ? linkedTextOf(document) : undefined;
    return text ?? [];
  });

/**
 * The Markdown of a notebook, as it is shown if it is open.
 *
 * @returns `undefined` if it is larger than `limit` bytes or cannot be read.
 */
export async function readNotebook(uri: Uri, limit: number): Promise<readonly LinkedText[] | undefined> {
  const open = workspace.notebookDocuments.find((one) => isSameFile(one.uri, uri));
  if (open !== undefined) {
    return textsOfNotebook(open);
  }
  const bytes = await readRegularFile(uri, limit).catch(() => undefined);
  return bytes && [{ base: uri, text: markdownOf(bytes), languageId: "markdown" }];
}
