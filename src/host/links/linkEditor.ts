import {
  commands,
  l10n,
  Range,
  TabInputCustom,
  TabInputText,
  type TextDocument,
  type TextEditor,
  TextEditorRevealType,
  type Uri,
  type ViewColumn,
  window,
  workspace,
} from "vscode";
import { LimnError } from "../../core/errors.ts";
import type { LinkEdit, LinkedText } from "../../core/links/linkEdit.ts";
import { documentLanguage } from "../imageLinks/documentLanguage.ts";
import { uriExists } from "../workspace/fileStat.ts";
import { isSameFile } from "../workspace/fileUri.ts";
import { shownPath } from "../workspace/workspaceFolders.ts";

/** An error about a link, for the user. */
export const linkError = (message: string, cause?: unknown) => new LimnError("files", message, { cause });

/**
 * Whether the document was deleted. VS Code may keep a document without unsaved changes in memory
 * for minutes after its file was deleted.
 */
async function isDeleted(uri: Uri, open: TextDocument | undefined): Promise<boolean> {
  // VS Code would create a new document with the name of a closed untitled one.
  if (uri.scheme === "untitled") {
    return open === undefined;
  }
  const hasFileSystem = workspace.fs.isWritableFileSystem(uri.scheme) !== undefined;
  return hasFileSystem && open?.isDirty !== true && !(await uriExists(uri));
}

/** The editor group with a tab of the document. */
export const columnOf = (uri: Uri): ViewColumn | undefined =>
  window.tabGroups.all.find(({ tabs }) =>
    tabs.some(({ input }) => input instanceof TabInputText && isSameFile(input.uri, uri)),
  )?.viewColumn;

/**
 * Shows the document in the editor that it is open in, and focuses it. Its scroll position stays.
 *
 * @throws LimnError if it was deleted or cannot be opened.
 */
export async function showLinkEditor({ uri }: { readonly uri: Uri }): Promise<TextEditor> {
  const isSame = (document: TextDocument) => !document.isClosed && isSameFile(document.uri, uri);
  const openDocument = workspace.textDocuments.find(isSame);
  if (await isDeleted(uri, openDocument)) {
    throw linkError(l10n.t("{0} is not there any more, so the link was not inserted.", shownPath(uri)));
  }
  // The text editor may be the last one still, if an image was opened in front of it just before.
  const isImageInFront = window.tabGroups.activeTabGroup.activeTab?.input instanceof TabInputCustom;
  const active = isImageInFront ? undefined : window.activeTextEditor;
  if (active !== undefined && isSame(active.document)) {
    // It may be a diff or a cell of a notebook, which showing the document would leave.
    await commands.executeCommand("workbench.action.focusActiveEditorGroup");
    return active;
  }
  const visible = window.visibleTextEditors.find(({ document }) => isSame(document));
  const viewColumn = visible?.viewColumn ?? columnOf(uri);
  try {
    const document = openDocument ?? (await workspace.openTextDocument(uri));
    return await window.showTextDocument(document, viewColumn === undefined ? {} : { viewColumn });
  } catch (error) {
    throw linkError(l10n.t("{0} could not be opened, so the link was not inserted.", shownPath(uri)), error);
  }
}

/** The document of an editor, as the rules for the place of a link need it. */
export function linkedTextOf({ document, options: { insertSpaces, tabSize } }: TextEditor): LinkedText {
  const spaces = typeof tabSize === "number" ? tabSize : 2;
  return {
    text: document.getText(),
    languageId: documentLanguage(document),
    indentUnit: insertSpaces === false ? "\t" : " ".repeat(spaces),
  };
}

/**
 * Applies an edit, and that for its imports, as one undo step. Selections stay; the editor scrolls
 * only if the new text is not in view. VS Code reports success for a read-only editor, so the
 * version is compared.
 *
 * @throws LimnError if the document cannot be edited.
 */
export async function applyLinkEdit(editor: TextEditor, { start, end, text, imports }: LinkEdit): Promise<void> {
  const { document } = editor;
  const { version } = document;
  const range = new Range(document.positionAt(start), document.positionAt(end));
  const isApplied = await editor.edit((builder) => {
    if (imports) builder.insert(document.positionAt(imports.start), imports.text);
    builder.replace(range, text);
  });
  if (!isApplied || document.version === version) {
    throw linkError(l10n.t("{0} cannot be edited, so the link was not inserted.", shownPath(document.uri)));
  }
  const first = start + (imports && imports.start <= start ? imports.text.length : 0);
  const inserted = new Range(document.positionAt(first), document.positionAt(first + text.length));
  editor.revealRange(inserted, TextEditorRevealType.InCenterIfOutsideViewport);
}
