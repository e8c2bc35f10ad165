import { l10n, type Uri } from "vscode";
import { LimnError } from "../../../core/errors.ts";
import type { OutputFormat } from "../../../core/models/model.ts";
import type { PictureHeader } from "../../../core/ports.ts";
import type { Imaging } from "../../../imaging/imaging.ts";
import { imageFormat } from "../../request/references.ts";
import type { Services } from "../../services.ts";
import { notify } from "../../ui/notify.ts";
import { showImage } from "../../ui/showImage.ts";
import { realUri } from "../../workspace/overwrite.ts";
import { shownPath } from "../../workspace/workspaceFolders.ts";

/** Encoding quality for a change of format, without a visible loss. */
const quality = 95;

/** Encodes the picture in another format, unless it already has that format. */
async function convertFormat(
  imaging: Imaging,
  bytes: Uint8Array,
  { format: currentFormat, width, height, hasAlpha: isTransparent = false }: PictureHeader,
  format: OutputFormat,
): Promise<Uint8Array> {
  if (currentFormat === format) {
    return bytes;
  }
  const layer = { kind: "picture", bytes, box: { left: 0, top: 0, width, height }, radius: 0 } as const;
  return (await imaging.draw({ width, height, layers: [layer], format, quality, isTransparent })).bytes;
}

/**
 * Replaces an image file by a picture in the file's own format, shows it, and offers Undo. Throws a
 * `LimnError` of kind `files` if it cannot be replaced.
 */
export async function replaceImage(services: Services, uri: Uri, bytes: Uint8Array): Promise<void> {
  const { imaging, ports, replacedImages } = services;
  const header = ports.probe(bytes);
  // For a symlink, the name of its target decides on the format, or else its own name.
  const format = imageFormat(await realUri(uri)) ?? imageFormat(uri);
  if (header === undefined || format === undefined) {
    throw new LimnError("files", l10n.t("{0} cannot be replaced by this picture. Use “Keep” instead.", shownPath(uri)));
  }
  if ((await ports.files.size(uri.toString())) === undefined) {
    throw new LimnError("files", l10n.t("{0} is not there any more. Use “Keep” instead.", shownPath(uri)));
  }
  const undo = await replacedImages.replace(uri, await convertFormat(imaging, bytes, header, format));
  await showImage(uri, services.log);
  void notify(l10n.t("Replaced {0}.", shownPath(uri)), {
    label: l10n.t("Undo"),
    run: undo,
  });
}

/** Restores the image that was replaced last. */
export const undoReplace = ({ replacedImages: replaced }: Services): Promise<void> => replaced.undo();
