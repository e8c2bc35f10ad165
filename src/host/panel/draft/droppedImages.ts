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

/** Most files of one drop that are looked at. */
const dropLimit = 20;

/** Whether it is a file of the workspace: where a link leads counts, and not where it lies. */
async function isWorkspaceFile(uri: Uri): Promise<boolean> {
  try {
    return workspace.getWorkspaceFolder(uri) !== undefined && (await symlinkEscape(uri)) === undefined;
  } catch {
    throw dropError(l10n.t("{0} could not be read. Check that the file is still there.", labelOf(uri)));
  }
}

/**
 * The images of a `text/uri-list` (RFC 2483, 5); throws a `LimnError` where one is none, or lies
 * outside the workspace.
 */
export async function readUriList(list: string): Promise<readonly ReferenceFile[]> {
  const dropped = parseUriList(list);
  if (dropped.length > dropLimit) {
    throw dropError(l10n.t("{0} files were dropped; at most {1} can be. Drop fewer.", dropped.length, dropLimit));
  }
  const uris: Uri[] = [];
  for (const uri of dropped) {
    if (uri === undefined || !(await isWorkspaceFile(uri))) {
      throw dropError(
        l10n.t("Only files of the folder that is open can be dropped this way. Use the Add button for others."),
      );
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

/** The name of a dropped or pasted picture as a person would call it. */
const droppedImageLabel = (name: string): string =>
  name
    .replace(/[\p{Cc}\p{Cf}\\/]/gu, " ")
    .trim()
    .slice(0, 80) || l10n.t("pasted picture");

/**
 * Puts a picture that came from outside into Limn's storage, under a name that depends on its
 * content alone; throws a `LimnError` where the bytes are no whole picture.
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
