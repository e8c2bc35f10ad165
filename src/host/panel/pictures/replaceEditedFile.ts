import { l10n, Uri } from "vscode";
import { LimnError } from "../../../core/errors.ts";
import { unshownFormatOf } from "../../../core/pictures/pictureFormat.ts";
import { shownName } from "../../../core/text/shownName.ts";
import type { JobPicture } from "../../lightTable/comparePictures.ts";
import type { Services } from "../../services.ts";
import { shownPath } from "../../workspace/workspaceFolders.ts";
import { editedFile, losesTransparency } from "./editedFile.ts";
import { replaceImage } from "./replaceImage.ts";

async function readVaultPicture({ ports }: Services, file: string | undefined): Promise<Uint8Array> {
  const bytes = file === undefined ? undefined : await ports.vault.read(file);
  if (bytes === undefined) {
    throw new LimnError("files", l10n.t("The picture is not in Limn's vault any more. Use “Check Again” on its job."));
  }
  return bytes;
}

/**
 * Replaces the workspace file that the picture was made from, and offers Undo. Throws a `LimnError`
 * of kind `files` if there is none, or it cannot be replaced.
 */
export async function replaceEditedFile(services: Services, { job, picture }: JobPicture): Promise<void> {
  const source = editedFile(job);
  if (source === undefined) {
    throw new LimnError("files", l10n.t("This picture was not made from a file of the folder that is open."));
  }
  const unshownFormat = unshownFormatOf(picture);
  if (unshownFormat !== undefined) {
    throw new LimnError(
      "files",
      l10n.t("A {0} file, which Limn cannot show, cannot replace an image. Keep it instead.", shownName(unshownFormat)),
    );
  }
  if (losesTransparency(job, picture, source)) {
    throw new LimnError(
      "files",
      l10n.t(
        "{0} is a JPEG file, which cannot be transparent like this picture. Keep the picture as another file.",
        shownPath(Uri.parse(source)),
      ),
    );
  }
  await replaceImage(services, Uri.parse(source), await readVaultPicture(services, picture.file));
}
