import { commands, l10n, Uri } from "vscode";
import type { Job, Picture } from "../../core/jobs/job.ts";
import { formatSize } from "../../core/models/size.ts";
import { unshownFormatOf } from "../../core/pictures/pictureFormat.ts";
import { readRemoteReference } from "../../core/request/remoteReference.ts";
import { joinSentences } from "../../core/text/sentences.ts";
import { targetActions } from "../export/targetActions.ts";
import { compareWithReference, type JobPicture } from "../lightTable/comparePictures.ts";
import { insertLink } from "../links/insertLink.ts";
import type { TrackedPosition } from "../links/trackedPosition.ts";
import { editedFile, losesTransparency } from "../panel/pictures/editedFile.ts";
import { replaceEditedFile } from "../panel/pictures/replaceEditedFile.ts";
import type { Services } from "../services.ts";
import { setting } from "../settings.ts";
import { type NotificationAction, notify, notifyWarning } from "../ui/notify.ts";
import { showImage } from "../ui/showImage.ts";
import { isKeptAs } from "../workspace/fileUri.ts";
import { shownPath } from "../workspace/workspaceFolders.ts";
import { costText } from "./costText.ts";
import { outcomeNotes } from "./resultNotes.ts";

/** One line with the saved files, their size in pixels and their price. */
function savedSummary(job: Job, files: readonly Uri[], saved: readonly Picture[]): string {
  const [first] = files;
  const [picture] = saved;
  const size =
    picture?.width === undefined || picture.height === undefined
      ? ""
      : formatSize({ width: picture.width, height: picture.height });
  const savedPart =
    first === undefined || files.length > 1
      ? l10n.t(
          "Saved {0} pictures in {1}",
          files.length,
          shownPath(Uri.joinPath(first ?? Uri.parse(job.target.folder), "..")),
        )
      : l10n.t("Saved {0}", shownPath(first));
  return [savedPart, size, costText([job], saved.length)].filter((part) => part !== "").join(" · ");
}

/**
 * The picture that a job made of one image file; `undefined` for other jobs. With several pictures
 * or references it is not clear which are meant, and Replace overwrites a file.
 */
function editedPicture({ request: { references } }: Job, saved: readonly Picture[]): Picture | undefined {
  const [picture, ...otherPictures] = saved;
  const [reference, ...otherReferences] = references;
  const isOfFile = reference?.source !== undefined && readRemoteReference(reference.source) === undefined;
  return isOfFile &&
    otherPictures.length + otherReferences.length === 0 &&
    picture &&
    unshownFormatOf(picture) === undefined
    ? picture
    : undefined;
}

/** Number of buttons. A notification shows more than three in several lines. */
const maxActions = 3;

/**
 * Opens the first saved picture if the setting is on, and shows the result of the job in a
 * notification. After an edit it offers what the user most likely does next: to look at the
 * difference, then to replace the image or to link to the new one. There is no room for Reveal
 * then: the Explorer shows the new file beside the image.
 */
export async function notifyOutcome(
  services: Services,
  job: Job,
  files: readonly string[],
  linkPosition: TrackedPosition | undefined,
  firstActions: readonly NotificationAction[] = [],
): Promise<void> {
  const uris = files.map((file) => Uri.parse(file));
  const [first] = uris;
  const notes = outcomeNotes(services, job);
  if (first === undefined) {
    linkPosition?.dispose();
    const text = joinSentences(l10n.t("Nothing was saved; what arrived is in Limn's vault."), ...notes);
    void notifyWarning(text, ...firstActions);
    return;
  }
  if (setting("openAfterSaving")) {
    await showImage(first, services.log);
  }
  const saved = job.pictures.filter((picture) => uris.some((uri) => isKeptAs(picture, uri)));
  const line = savedSummary(job, uris, saved);
  const show = (actions: readonly NotificationAction[]) =>
    notes.length > 0
      ? notifyWarning(joinSentences(line, ...notes), ...actions.slice(0, maxActions))
      : notify(line, ...actions.slice(0, maxActions));
  const { exportTarget: target } = job.request;
  const filesForTarget = target === undefined ? [] : uris.map((uri) => ({ target, uri }));
  const actions = [
    ...firstActions,
    ...(await targetActions(services, filesForTarget)),
    { label: l10n.t("Insert Link"), run: () => insertLink(services, uris, linkPosition) },
    { label: l10n.t("Reveal"), run: () => commands.executeCommand("revealInExplorer", first) },
  ];
  const picture = editedPicture(job, saved);
  void show(picture === undefined ? actions : editActions(services, { job, picture }, actions, show)).finally(() =>
    linkPosition?.dispose(),
  );
}

/** The buttons after an edit. VS Code closes the message on Compare, so it is shown again. */
function editActions(
  services: Services,
  edited: JobPicture,
  otherActions: readonly NotificationAction[],
  show: (actions: readonly NotificationAction[]) => Promise<void>,
): readonly NotificationAction[] {
  const replace = { label: l10n.t("Replace"), run: () => replaceEditedFile(services, edited) };
  const file = editedFile(edited.job);
  const isPossible = file !== undefined && !losesTransparency(edited.job, edited.picture, file);
  const afterCompare = isPossible ? [replace, ...otherActions] : otherActions;
  const compare = async () => {
    await compareWithReference(services, edited);
    await show(afterCompare);
  };
  return [{ label: l10n.t("Compare"), run: compare }, ...afterCompare];
}
