import { Uri } from "vscode";
import { proposedFile } from "../../../core/files/keep.ts";
import type { PictureRef } from "../../../protocol.ts";
import type { PictureToExport } from "../../export/exportImages.ts";
import { vaultUri } from "../../storage/vaultUri.ts";
import { findPicture } from "../findPicture.ts";
import type { PanelContext } from "../panelContext.ts";
import { existingKeptFile } from "./existingKeptFile.ts";

/**
 * The files of pictures: those that they are kept as, or else those of the vault, with the names
 * that they would be kept under. Throws a `LimnError` if one has not arrived.
 */
export async function picturesToExport(
  context: PanelContext,
  refs: readonly PictureRef[],
): Promise<readonly PictureToExport[]> {
  const { services } = context;
  const found = refs.map((ref) => findPicture(context, ref));
  const kept = await Promise.all(found.map((one) => existingKeptFile(context, one)));
  const taken = new Set(kept.flatMap((uri) => uri ?? []));
  return found.map(({ job, picture }, index) => {
    const file = kept[index];
    if (file !== undefined) {
      return { uri: Uri.parse(file), place: Uri.parse(file) };
    }
    const place = proposedFile(services.family, job, picture, taken);
    taken.add(place);
    return { uri: vaultUri(services, picture), place: Uri.parse(place) };
  });
}
