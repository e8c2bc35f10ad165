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
import { LimnError, stopped } from "../core/errors.ts";
import { isSameFile } from "./fileUri.ts";
import { type LinkServices, linkOfImage } from "./imageLink.ts";
import { exists, type LinkDocument, linkBase } from "./linkText.ts";
import { shownPath } from "./places.ts";
import { tell, warn } from "./tell.ts";
import { TrackedPosition } from "./trackedPosition.ts";

/** The place in a document that a job was started from: where its link belongs. To be disposed when it is not needed any more. */
export type Origin = TrackedPosition;

/** Editors of VS Code's own output cannot be edited. */
const isForLinks = ({ document }: TextEditor): boolean => document.uri.scheme !== "output";

/** The cursor of the editor in front now, as the place a link would go to. */
export function currentOrigin(editor: TextEditor | undefined = window.activeTextEditor): Origin | undefined {
  return editor && isForLinks(editor) ? new TrackedPosition(editor.document, editor.selection.active) : undefined;
}

const fault = (message: string, cause?: unknown) => new LimnError("files", message, { cause });

/** Saves an untitled document, if the user agrees: links need the path that it will have. Returns the place in the saved one. */
async function savedFirst(place: TrackedPosition): Promise<TrackedPosition> {
  const save = l10n.t("Save As…");
  const detail = l10n.t("Only then does Limn know the path from it to the picture.");
  const question = l10n.t("Save {0} before the link is inserted?", shownPath(place.uri));
  const pressed = await window.showWarningMessage(question, { modal: true, detail }, save);
  const uri = pressed === save ? await workspace.saveAs(place.uri) : undefined;
  if (uri === undefined) {
    throw stopped();
  }
  return new TrackedPosition(await workspace.openTextDocument(uri), place.position);
}

/** Whether a document is gone. One without unsaved changes may outlive its file in VS Code's memory for minutes. */
async function isGone(uri: Uri, open: TextDocument | undefined): Promise<boolean> {
  // VS Code would make a new document of the name of an untitled one that was closed.
  if (uri.scheme === "untitled") {
    return open === undefined;
  }
  const hasFiles = workspace.fs.isWritableFileSystem(uri.scheme) !== undefined;
  return hasFiles && open?.isDirty !== true && !(await exists(uri));
}

/** Shows the document of a place; throws a `LimnError` if it is not there any more, or cannot be opened. */
async function openEditor({ uri }: TrackedPosition): Promise<TextEditor> {
  const open = workspace.textDocuments.find((document) => !document.isClosed && isSameFile(document.uri, uri));
  if (await isGone(uri, open)) {
    throw fault(l10n.t("{0} is not there any more, so the link was not inserted.", shownPath(uri)));
  }
  try {
    return await window.showTextDocument(open ?? (await workspace.openTextDocument(uri)));
  } catch (error) {
    throw fault(l10n.t("{0} could not be opened, so the link was not inserted.", shownPath(uri)), error);
  }
}

/** Links to the files, each on a line of its own; throws a `LimnError` if one of the files is not there any more. */
async function linksTo(services: LinkServices, document: LinkDocument, files: readonly Uri[]): Promise<string> {
  const links = files.map(async (file) => {
    const link = await linkOfImage(services, document, file).catch((error: unknown) => {
      throw fault(l10n.t("{0} could not be read, so there is nothing to link to.", shownPath(file)), error);
    });
    if (link === undefined) {
      throw fault(l10n.t("{0} is not a picture any more, so there is nothing to link to.", shownPath(file)));
    }
    return link;
  });
  return (await Promise.all(links)).join("\n");
}

/** Inserts a text as one step to undo. VS Code says of a read-only editor that it was done, though nothing has changed. */
async function insertText(text: string, place: TrackedPosition): Promise<void> {
  const editor = await openEditor(place);
  const { document } = editor;
  const { version } = document;
  const at = document.validatePosition(place.position);
  const done = await editor.insertSnippet(new SnippetString().appendText(text), new Range(at, at));
  if (!done || document.version === version) {
    throw fault(l10n.t("{0} cannot be edited, so the link was not inserted.", shownPath(document.uri)));
  }
}

/** Inserts the links at the place; what prevents it is shown, with the offer to copy them. */
async function insertAt(services: LinkServices, place: TrackedPosition, files: readonly Uri[]): Promise<void> {
  const links = await linksTo(services, place, files);
  try {
    await insertText(links, place);
  } catch (error) {
    const words = error instanceof LimnError ? error.message : l10n.t("The link was not inserted: {0}", String(error));
    void warn(words, { label: l10n.t("Copy Link"), run: () => env.clipboard.writeText(links) });
  } finally {
    place.dispose();
  }
}

/**
 * Inserts links to the files in the document's own language, each on a line of its own, and disposes the place. Rejects with kind `stopped`
 * if the user cancels, and with a `LimnError` if a file cannot be linked to.
 *
 * @param origin where the job was started; without it the cursor of the text editor in view counts.
 */
export async function insertLink(
  services: LinkServices,
  files: readonly Uri[],
  origin: Origin | undefined,
): Promise<void> {
  const place = origin ?? currentOrigin(window.visibleTextEditors.find(isForLinks));
  if (place === undefined) {
    void tell(
      l10n.t(
        "No text file is open. Open one, put the cursor where the link belongs, and run “Limn: Insert Link to Picture…”.",
      ),
    );
    return;
  }
  try {
    const isHomeless = files.some((file) => linkBase(place, file) === undefined);
    await insertAt(services, isHomeless ? await savedFirst(place) : place, files);
  } finally {
    place.dispose();
  }
}
