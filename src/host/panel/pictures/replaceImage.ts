import { l10n, type Uri } from "vscode";
import { LimnError } from "../../../core/errors.ts";
import type { OutputFormat } from "../../../core/models/model.ts";
import type { PictureFacts } from "../../../core/ports.ts";
import type { Imaging } from "../../../imaging/imaging.ts";
import { imageFormat } from "../../request/references.ts";
import type { Services } from "../../services.ts";
import { notify } from "../../ui/notify.ts";
import { showImage } from "../../ui/showImage.ts";
import { realUri } from "../../workspace/overwrite.ts";
import { shownPath } from "../../workspace/workspaceFolders.ts";

/**
 * Encoding quality where a picture has to change its format: no difference that an eye would find.
 */
const quality = 95;

/** The picture in the format a file name promises. */
async function convertFormat(
  imaging: Imaging,
  bytes: Uint8Array,
  { format: currentFormat, width, height }: PictureFacts,
  format: OutputFormat,
): Promise<Uint8Array> {
  if (currentFormat === format) {
    return bytes;
  }
  const layer = { kind: "picture", bytes, box: { left: 0, top: 0, width, height }, radius: 0 } as const;
  return (await imaging.draw({ width, height, layers: [layer], format, quality })).bytes;
}

/**
 * Puts a picture in place of an image file, in that file's own format, shows it, and offers the way
 * back.
 */
export async function replaceImage(services: Services, uri: Uri, bytes: Uint8Array): Promise<void> {
  const { imaging, ports, replacedImages } = services;
  const facts = ports.probe(bytes);
  // Behind a symlink, the file that is written decides; a name that says nothing of a format leaves
  // it to the symlink.
  const format = imageFormat(await realUri(uri)) ?? imageFormat(uri);
  if (facts === undefined || format === undefined) {
    throw new LimnError("files", l10n.t("{0} cannot be replaced by this picture. Use “Keep” instead.", shownPath(uri)));
  }
  if ((await ports.files.size(uri.toString())) === undefined) {
    throw new LimnError("files", l10n.t("{0} is not there any more. Use “Keep” instead.", shownPath(uri)));
  }
  const undo = await replacedImages.replace(uri, await convertFormat(imaging, bytes, facts, format));
  await showImage(uri, services.log);
  void notify(l10n.t("Replaced {0}.", shownPath(uri)), {
    label: l10n.t("Undo"),
    run: undo,
  });
}

/** Brings back the image that was replaced last. */
export const undoReplace = ({ replacedImages: replaced }: Services): Promise<void> => replaced.undo();
