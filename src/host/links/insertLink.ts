import {
  env,
  l10n,
  Range,
  SnippetString,
  type TextDocument,
  type TextEditor,
  type Uri,
  window,
  workspace,
} from "vscode";
import { LimnError, stoppedError } from "../../core/errors.ts";
import { confirmInDialog } from "../ui/dialog.ts";
import { notify, notifyWarning } from "../ui/notify.ts";
import { uriExists } from "../workspace/fileStat.ts";
import { isSameFile } from "../workspace/fileUri.ts";
import { shownPath } from "../workspace/workspaceFolders.ts";
import { createImageLink, type LinkServices } from "./imageLink.ts";
import { type LinkDocument, linkBase } from "./linkText.ts";
import { currentLinkPosition, isEditable, TrackedPosition } from "./trackedPosition.ts";

const linkError = (message: string, cause?: unknown) => new LimnError("files", message, { cause });

/**
 * Saves an untitled document if the user agrees, because links need its path. Returns the position
 * in the saved document.
 */
async function saveUntitledFirst(linkPosition: TrackedPosition): Promise<TrackedPosition> {
  const isConfirmed = await confirmInDialog(
    l10n.t("Save {0} before the link is inserted?", shownPath(linkPosition.uri)),
    l10n.t("Only then does Limn know the path from it to the picture."),
    l10n.t("Save As…"),
  );
  const uri = isConfirmed ? await workspace.saveAs(linkPosition.uri) : undefined;
  if (uri === undefined) {
    throw stoppedError();
  }
  return new TrackedPosition(await workspace.openTextDocument(uri), linkPosition.position);
}

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

/** Opens the document of a position. Throws a `LimnError` if it was deleted or cannot be opened. */
async function openEditor({ uri }: TrackedPosition): Promise<TextEditor> {
  const openDocument = workspace.textDocuments.find((document) => !document.isClosed && isSameFile(document.uri, uri));
  if (await isDeleted(uri, openDocument)) {
    throw linkError(l10n.t("{0} is not there any more, so the link was not inserted.", shownPath(uri)));
  }
  try {
    return await window.showTextDocument(openDocument ?? (await workspace.openTextDocument(uri)));
  } catch (error) {
    throw linkError(l10n.t("{0} could not be opened, so the link was not inserted.", shownPath(uri)), error);
  }
}

/** Links to the files, one per line. Throws a `LimnError` if a file is missing or not an image. */
async function linksTo(services: LinkServices, document: LinkDocument, files: readonly Uri[]): Promise<string> {
  const links = files.map(async (file) => {
    const link = await createImageLink(services, document, file).catch((error: unknown) => {
      throw linkError(l10n.t("{0} could not be read, so there is nothing to link to.", shownPath(file)), error);
    });
    if (link === undefined) {
      throw linkError(l10n.t("{0} is not a picture any more, so there is nothing to link to.", shownPath(file)));
    }
    return link;
  });
  return (await Promise.all(links)).join("\n");
}

/**
 * Inserts a text as one undo step. VS Code reports success for a read-only editor, so the version
 * is compared.
 */
async function insertText(text: string, linkPosition: TrackedPosition): Promise<void> {
  const editor = await openEditor(linkPosition);
  const { document } = editor;
  const { version } = document;
  const insertAtPosition = document.validatePosition(linkPosition.position);
  const isInserted = await editor.insertSnippet(
    new SnippetString().appendText(text),
    new Range(insertAtPosition, insertAtPosition),
  );
  if (!isInserted || document.version === version) {
    throw linkError(l10n.t("{0} cannot be edited, so the link was not inserted.", shownPath(document.uri)));
  }
}

/** Inserts the links at the position. If that fails, shows why and offers to copy them. */
async function insertAt(services: LinkServices, linkPosition: TrackedPosition, files: readonly Uri[]): Promise<void> {
  const links = await linksTo(services, linkPosition, files);
  try {
    await insertText(links, linkPosition);
  } catch (error) {
    const message =
      error instanceof LimnError ? error.message : l10n.t("The link was not inserted: {0}", String(error));
    void notifyWarning(message, { label: l10n.t("Copy Link"), run: () => env.clipboard.writeText(links) });
  }
}

/**
 * Inserts links to the files in the language of the document, one per line, and disposes the
 * position. Rejects with kind `stopped` if the user cancels, and with a `LimnError` if a file
 * cannot be linked to.
 *
 * @param startPosition where the job was started; by default the cursor of the visible text editor.
 */
export async function insertLink(
  services: LinkServices,
  files: readonly Uri[],
  startPosition: TrackedPosition | undefined,
): Promise<void> {
  const linkPosition = startPosition ?? currentLinkPosition(window.visibleTextEditors.find(isEditable));
  if (linkPosition === undefined) {
    void notify(
      l10n.t(
        "No text file is open. Open one, put the cursor where the link belongs, and run “Limn: Insert Link to Picture…”.",
      ),
    );
    return;
  }
  let savedPosition: TrackedPosition | undefined;
  try {
    const hasUnreachableFile = files.some((file) => linkBase(linkPosition, file) === undefined);
    savedPosition = hasUnreachableFile ? await saveUntitledFirst(linkPosition) : undefined;
    await insertAt(services, savedPosition ?? linkPosition, files);
  } finally {
    savedPosition?.dispose();
    linkPosition.dispose();
  }
}
