import { stat } from "node:fs/promises";
import { FilePermission, l10n, Uri, workspace } from "vscode";
import { describeDiskError } from "../../core/diskError.ts";
import { LimnError, stoppedError } from "../../core/errors.ts";
import { type FilePermissions, replaceFile } from "../storage/durableFile.ts";
import { undefinedIfNotFound } from "../storage/fileError.ts";
import { realPathOf } from "../storage/realPath.ts";
import { confirmInDialog } from "../ui/dialog.ts";
import { escapeMarkup } from "../ui/escapeMarkup.ts";
import { isReadOnly } from "./readOnlyFile.ts";
import { symlinkEscape } from "./symlinkEscape.ts";
import { shownPath } from "./workspaceFolders.ts";

/**
 * A file on this computer that will be overwritten: its real path, and its permissions if it
 * exists.
 */
interface LocalFile {
  readonly path: string;
  readonly permissions?: FilePermissions;
}

const overwriteError = (uri: Uri, cause: unknown): LimnError =>
  cause instanceof LimnError
    ? cause
    : new LimnError(
        "files",
        l10n.t("{0} could not be written. {1} It was left as it is.", shownPath(uri), describeDiskError(cause)),
        { cause },
      );

/**
 * The URI of the real file behind all symlinks; the same URI for a file that is not on this
 * computer. Rejects as `realpath` does.
 */
export const realUri = async (uri: Uri): Promise<Uri> =>
  uri.scheme === "file" ? Uri.file(await realPathOf(uri.fsPath)) : uri;

async function localFile(path: string): Promise<LocalFile> {
  const real = await realPathOf(path);
  const stats = await undefinedIfNotFound(stat(real));
  return stats === undefined
    ? { path: real }
    : { path: real, permissions: { mode: stats.mode, uid: stats.uid, gid: stats.gid } };
}

/** Asks before a read-only file is overwritten. Throws with kind `stopped` if the user declines. */
async function confirmReadOnly(uri: Uri): Promise<void> {
  const isConfirmed = await confirmInDialog(
    escapeMarkup(l10n.t("{0} is read-only. Overwrite it anyway?", shownPath(uri))),
    l10n.t("It stays read-only afterwards."),
    l10n.t("Overwrite"),
  );
  if (!isConfirmed) {
    throw stoppedError();
  }
}

async function overwriteLocal(uri: Uri, bytes: Uint8Array | string): Promise<void> {
  const file = await localFile(uri.fsPath);
  if (file.permissions !== undefined && (await isReadOnly(file.path, file.permissions.mode))) {
    await confirmReadOnly(uri);
  }
  await replaceFile(file.path, bytes, file.permissions);
}

/** VS Code never writes a file that its provider marks as read-only, so there is no question. */
async function overwriteRemote(uri: Uri, bytes: Uint8Array | string): Promise<void> {
  const { permissions } = await Promise.resolve(workspace.fs.stat(uri)).catch(() => ({ permissions: undefined }));
  const hasReadOnlyFlag = ((permissions ?? 0) & FilePermission.Readonly) !== 0;
  if (hasReadOnlyFlag || workspace.fs.isWritableFileSystem(uri.scheme) === false) {
    throw new LimnError("files", l10n.t("{0} is read-only, so it was left as it is.", shownPath(uri)));
  }
  await workspace.fs.writeFile(uri, typeof bytes === "string" ? new TextEncoder().encode(bytes) : bytes);
}

/**
 * Overwrites or creates a file of the user. A symlink stays, and the file behind it is written,
 * with its permissions and, if the system allows it, its owner. On a local disk this is atomic.
 *
 * Asks before a read-only file is overwritten; rejects with kind `stopped` if the user declines.
 *
 * @throws LimnError of kind `files` if a symlink leads out of the workspace, or the file cannot be
 * written.
 */
export async function overwriteFile(uri: Uri, bytes: Uint8Array | string): Promise<void> {
  try {
    const escapedPath = await symlinkEscape(uri);
    if (escapedPath !== undefined) {
      throw new LimnError(
        "files",
        l10n.t(
          "{0} leads out of the workspace folder through a link, to {1}. It was left as it is.",
          shownPath(uri),
          escapedPath,
        ),
      );
    }
    await (uri.scheme === "file" ? overwriteLocal(uri, bytes) : overwriteRemote(uri, bytes));
  } catch (error) {
    throw overwriteError(uri, error);
  }
}
