import { l10n, Uri, workspace } from "vscode";
import { LimnError } from "../../core/errors.ts";
import { parseDraggedPicture } from "../../protocol.ts";
import type { LinkServices } from "./imageLink.ts";

/**
 * The file of a picture that was dragged out of the panel. Keeps the picture if it was not kept
 * yet. Throws a `LimnError` if that needs a question: the panel's “Keep” button asks it.
 */
export async function keepDraggedPicture({ jobs, ports }: LinkServices, text: string): Promise<Uri | undefined> {
  const dragged = parseDraggedPicture(JSON.parse(text));
  const job = dragged && jobs.journal.get(dragged.job);
  const picture = job?.pictures.find(({ id }) => id === dragged?.picture);
  if (job === undefined || picture?.file === undefined) {
    return undefined;
  }
  for (const kept of picture.kept) {
    if ((await ports.files.size(kept)) !== undefined) {
      return Uri.parse(kept);
    }
  }
  if (workspace.getWorkspaceFolder(Uri.parse(job.target.folder)) === undefined) {
    throw new LimnError(
      "files",
      l10n.t("The folder that this picture is for is not open. Use “Keep” in the panel, then drop the picture again."),
    );
  }
  return Uri.parse(await jobs.keep(job.taskUUID, picture));
}
