import { readFile } from "node:fs/promises";
import { l10n, type Uri, workspace } from "vscode";
import { LimnError } from "../../core/errors.ts";
import type { ReplacedImages } from "../panel/pictures/replacedImages.ts";
import { shownPath } from "../workspace/workspaceFolders.ts";
import { isReadOnlyDraft } from "./draftPlace.ts";
import { readDraftFile } from "./readDraftFile.ts";

/**
 * Replaces a draft image by the picture in a file, with undo; `false`, without any change, if it is
 * no draft any more, or read-only: at a start there is no question about that. Throws a `LimnError`
 * if it cannot be written, or this window does not have its folder open.
 */
export async function replaceDraft(replacedImages: ReplacedImages, uri: Uri, picture: string): Promise<boolean> {
  if (workspace.getWorkspaceFolder(uri) === undefined) {
    throw new LimnError(
      "files",
      l10n.t("{0} is in a folder that is not open in this window. Open that folder.", shownPath(uri)),
    );
  }
  if ((await readDraftFile(uri)) === undefined || (await isReadOnlyDraft(uri))) {
    return false;
  }
  await replacedImages.replace(uri, await readFile(picture), true);
  return true;
}
