import { env, l10n, type TextEditor, Uri, workspace } from "vscode";
import { isStopped, LimnError, stoppedError } from "../../core/errors.ts";
import type { LinkForms } from "../../core/links/linkEdit.ts";
import { confirmInDialog } from "../ui/dialog.ts";
import { type NotificationAction, notify, notifyWarning } from "../ui/notify.ts";
import { completeStep } from "../ui/walkthrough.ts";
import { shownPath } from "../workspace/workspaceFolders.ts";
import { asksToReplace } from "./askPlaceholder.ts";
import { defaultLinkPosition } from "./defaultLinkPosition.ts";
import { createImageLink, type LinkServices } from "./imageLink.ts";
import { applyLinkEdit, linkError, linkedTextOf, showLinkEditor } from "./linkEditor.ts";
import { type LinkDocument, linkBase } from "./linkText.ts";
import { TrackedPosition } from "./trackedPosition.ts";

/**
 * Saves an untitled document if the user agrees, because links need its path. Returns the position
 * in the saved document.
 */
async function saveUntitledFirst(linkPosition: TrackedPosition): Promise<TrackedPosition> {
  const isConfirmed = await confirmInDialog(
    l10n.t("Save {0} before the link is inserted?", shownPath(linkPosition.uri)),
    l10n.t("The link needs a path from the document to the picture."),
    l10n.t("Save As…"),
  );
  const uri = isConfirmed ? await workspace.saveAs(linkPosition.uri) : undefined;
  if (uri === undefined) {
    throw stoppedError();
  }
  return new TrackedPosition(await workspace.openTextDocument(uri), linkPosition.position);
}

/** Links to the files. Throws a `LimnError` if a file is missing or not an image. */
async function linksTo(
  services: LinkServices,
  document: LinkDocument,
  files: readonly Uri[],
): Promise<readonly LinkForms[]> {
  const links = files.map(async (file) => {
    const link = await createImageLink(services, document, file).catch((error: unknown) => {
      throw error instanceof LimnError
        ? error
        : linkError(l10n.t("{0} could not be read, so there is nothing to link to.", shownPath(file)), error);
    });
    if (link === undefined) {
      throw linkError(l10n.t("{0} is not a picture, so there is nothing to link to.", shownPath(file)));
    }
    return link;
  });
  return Promise.all(links);
}

/** Copies the links instead. */
export const copyAction = (links: readonly LinkForms[]): NotificationAction => ({
  label: l10n.t("Copy Link"),
  run: () => env.clipboard.writeText(links.map(({ markup }) => markup).join("\n")),
});

/** Inserts the links at the position, or in place of a placeholder, if the user wants that. */
async function insertLinks(links: readonly LinkForms[], linkPosition: TrackedPosition): Promise<void> {
  const { findPlaceholder, placeLinks, replacePlaceholder } = await import("../../core/links/linkPlaces.ts");
  const editor = await showLinkEditor(linkPosition);
  const currentOffset = ({ document }: TextEditor) =>
    document.offsetAt(document.validatePosition(linkPosition.position));
  const placeholder = findPlaceholder(linkedTextOf(editor), currentOffset(editor));
  const { line } = editor.document.positionAt(currentOffset(editor));
  if (placeholder === undefined || !(await asksToReplace(editor, placeholder, links, line))) {
    return applyLinkEdit(editor, placeLinks(linkedTextOf(editor), currentOffset(editor), links));
  }
  // The document may have changed during the question.
  const document = linkedTextOf(editor);
  const found = findPlaceholder(document, currentOffset(editor));
  if (found?.words !== placeholder.words) {
    throw linkError(l10n.t("{0} has changed meanwhile, so the link was not inserted.", shownPath(editor.document.uri)));
  }
  return applyLinkEdit(editor, replacePlaceholder(document, found, links));
}

/** Inserts links at the position. If that fails, shows why and offers to copy them. */
export async function insertAt(linkPosition: TrackedPosition, links: readonly LinkForms[]): Promise<void> {
  try {
    await insertLinks(links, linkPosition);
    completeStep("insertLink");
  } catch (error) {
    if (isStopped(error)) {
      throw error;
    }
    const message =
      error instanceof LimnError ? error.message : l10n.t("The link was not inserted: {0}", String(error));
    void notifyWarning(message, copyAction(links));
  }
}

/** Shows that no document is open, and offers to copy the paths from the workspace folder. */
async function offerToCopy(services: LinkServices, files: readonly Uri[]): Promise<void> {
  const [first] = files;
  const folder = (first && workspace.getWorkspaceFolder(first)?.uri) ?? (first && Uri.joinPath(first, ".."));
  const links =
    folder && (await linksTo(services, { uri: Uri.joinPath(folder, "document"), languageId: "plaintext" }, files));
  void notify(
    l10n.t(
      "No text file is open. Open the one that the link belongs in, put the cursor there, and choose Insert Link again.",
    ),
    ...(links === undefined ? [] : [copyAction(links)]),
  );
}

/**
 * Inserts links to the files in the language of the document, one per line, and disposes the
 * position. Rejects with kind `stopped` if the user cancels, and with a `LimnError` if a file
 * cannot be linked to.
 *
 * @param startPosition where the job was started; by default see `defaultLinkPosition`.
 */
export async function insertLink(
  services: LinkServices,
  files: readonly Uri[],
  startPosition: TrackedPosition | undefined,
): Promise<void> {
  const linkPosition = startPosition ?? defaultLinkPosition();
  if (linkPosition === undefined) {
    await offerToCopy(services, files);
    return;
  }
  let savedPosition: TrackedPosition | undefined;
  try {
    const hasUnreachableFile = files.some((file) => linkBase(linkPosition, file) === undefined);
    savedPosition = hasUnreachableFile ? await saveUntitledFirst(linkPosition) : undefined;
    const position = savedPosition ?? linkPosition;
    await insertAt(position, await linksTo(services, position, files));
  } finally {
    savedPosition?.dispose();
    linkPosition.dispose();
  }
}
