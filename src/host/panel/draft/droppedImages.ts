import { l10n, Uri, workspace } from "vscode";
import { LimnError } from "../../../core/errors.ts";
import { inspect } from "../../../core/pictures/inspection.ts";
import { extensionByFormat } from "../../../core/pictures/pictureFormat.ts";
import type { Ports } from "../../../core/ports.ts";
import { imageFormat, labelOf, type ReferenceFile } from "../../request/references.ts";
import { storeDroppedReference } from "../../storage/droppedReferences.ts";
import { droppedReferencesFolder } from "../../storage/storagePaths.ts";
import { symlinkEscape } from "../../workspace/symlinkEscape.ts";
import { parseUriList } from "../../workspace/uriList.ts";

const dropError = (message: string) => new LimnError("reference", message, { field: "references" });

/** Maximum number of files that one drop may hold. */
const dropLimit = 20;

/** Whether the file, or the target of a symlink, is in the workspace. */
async function isWorkspaceFile(uri: Uri): Promise<boolean> {
  try {
    return workspace.getWorkspaceFolder(uri) !== undefined && (await symlinkEscape(uri)) === undefined;
  } catch {
    throw dropError(l10n.t("{0} could not be read. Check that the file is still there.", labelOf(uri)));
  }
}

/**
 * Returns the images of a `text/uri-list` (RFC 2483, section 5); throws a `LimnError` if one is not
 * an image file or is outside the workspace.
 */
export async function readUriList(list: string): Promise<readonly ReferenceFile[]> {
  const dropped = parseUriList(list);
  if (dropped.length > dropLimit) {
    throw dropError(
      l10n.t("{0} files were dropped, but at most {1} are allowed. Drop fewer files.", dropped.length, dropLimit),
    );
  }
  const uris: Uri[] = [];
  for (const uri of dropped) {
    if (uri === undefined || !(await isWorkspaceFile(uri))) {
      throw dropError(l10n.t("Only files in an open folder can be dropped here. Use the Add button for other files."));
    }
    if (imageFormat(uri) === undefined) {
      throw dropError(
        l10n.t("{0} cannot be a reference image: Limn reads PNG, JPEG and WebP files. Convert it first.", labelOf(uri)),
      );
    }
    uris.push(uri);
  }
  return uris.map((uri) => ({ uri }));
}

/** A label for a dropped or pasted picture, made from its file name. */
const droppedImageLabel = (name: string): string =>
  name
    .replace(/[\p{Cc}\p{Cf}\\/]/gu, " ")
    .trim()
    .slice(0, 80) || l10n.t("pasted picture");

/**
 * Stores a picture from outside VS Code under a name made from its content; throws a `LimnError` if
 * the bytes are not a complete picture.
 */
export async function storeDroppedImage(
  ports: Pick<Ports, "probe">,
  storage: string,
  { name, bytes }: { readonly name: string; readonly bytes: Uint8Array },
): Promise<ReferenceFile> {
  const label = droppedImageLabel(name);
  try {
    const { format } = inspect(ports, bytes);
    const folder = droppedReferencesFolder(storage);
    const path = await storeDroppedReference(folder, bytes, extensionByFormat[format]);
    return { uri: Uri.file(path), label };
  } catch (error) {
    throw error instanceof LimnError
      ? dropError(l10n.t("{0} cannot be a reference image: Limn reads whole PNG, JPEG and WebP pictures.", label))
      : error;
  }
}
