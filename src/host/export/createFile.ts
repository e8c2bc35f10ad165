import { l10n, Uri, workspace } from "vscode";
import { describeDiskError } from "../../core/diskError.ts";
import { LimnError } from "../../core/errors.ts";
import { undefinedIfMissing } from "../workspace/fileStat.ts";
import { overwriteFile } from "../workspace/overwrite.ts";
import { throwIfSymlinkEscapes } from "../workspace/symlinkEscape.ts";
import { shownPath } from "../workspace/workspaceFolders.ts";

/** Whether a file exists. Throws if that cannot be known, since it would be overwritten. */
export const fileExists = async (uri: Uri): Promise<boolean> =>
  (await undefinedIfMissing(workspace.fs.stat(uri))) !== undefined;

/** The folders around a file that do not exist, the deepest one first. */
async function missingFolders(uri: Uri): Promise<readonly Uri[]> {
  const missing: Uri[] = [];
  let folder = Uri.joinPath(uri, "..");
  while (folder.path !== "/" && !(await fileExists(folder))) {
    missing.push(folder);
    folder = Uri.joinPath(folder, "..");
  }
  return missing;
}

/** Deletes those of the folders that exist, the first one first, up to one that is not empty. */
async function deleteEmptyFolders(folders: readonly Uri[]): Promise<void> {
  for (const folder of folders) {
    const entries = await undefinedIfMissing(workspace.fs.readDirectory(folder));
    if (entries !== undefined && entries.length > 0) {
      return;
    }
    if (entries !== undefined) {
      await undefinedIfMissing(workspace.fs.delete(folder));
    }
  }
}

/** Why there is no new file. `overwriteFile` says that an old one was left as it is. */
const creationError = (error: unknown): unknown =>
  error instanceof LimnError && error.cause !== undefined
    ? new LimnError("files", l10n.t("{0} Export into another folder.", describeDiskError(error.cause)), {
        cause: error.cause,
      })
    : error;

/**
 * Creates a file and the folders around it. Returns a function that deletes them again; it throws a
 * `LimnError` if the file has been changed since. If it throws itself, nothing was created.
 */
export async function createFile(uri: Uri, bytes: Uint8Array): Promise<() => Promise<void>> {
  if (await fileExists(uri)) {
    throw new LimnError("files", l10n.t("{0} exists now. Export again to replace it.", shownPath(uri)));
  }
  await throwIfSymlinkEscapes(uri);
  const newFolders = await missingFolders(uri);
  try {
    await overwriteFile(uri, bytes);
  } catch (error) {
    await deleteEmptyFolders(newFolders);
    throw creationError(error);
  }
  return async () => {
    const now = await undefinedIfMissing(workspace.fs.readFile(uri));
    if (now !== undefined && Buffer.compare(now, bytes) !== 0) {
      throw new LimnError("files", l10n.t("{0} has been changed since, so it was left as it is.", shownPath(uri)));
    }
    await undefinedIfMissing(workspace.fs.delete(uri));
    await deleteEmptyFolders(newFolders);
  };
}
