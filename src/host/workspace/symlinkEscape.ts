import { sep } from "node:path";
import { l10n, Uri, workspace } from "vscode";
import { realPathOf } from "../storage/realPath.ts";
import { pathError } from "./pathError.ts";
import { shownPath } from "./workspaceFolders.ts";

const isInside = (root: string, path: string): boolean =>
  path === root || path.startsWith(root.endsWith(sep) ? root : `${root}${sep}`);

/**
 * The real path of a file or folder of the workspace, if a symlink leads out of all workspace
 * folders: a cloned repository can contain symlinks to anywhere. `undefined` if it stays inside, is
 * not on a disk, or is not in the workspace, because then the user or a program named it. Rejects
 * as `realpath` does.
 */
export async function symlinkEscape(uri: Uri): Promise<string | undefined> {
  if (uri.scheme !== "file" || workspace.getWorkspaceFolder(uri) === undefined) {
    return undefined;
  }
  const localFolders = (workspace.workspaceFolders ?? []).filter((folder) => folder.uri.scheme === "file");
  const [path, ...roots] = await Promise.all(
    [uri, ...localFolders.map((folder) => folder.uri)].map((at) => realPathOf(at.fsPath)),
  );
  return path === undefined || roots.some((root) => isInside(root, path)) ? undefined : path;
}

/** Why nothing is written there, in a sentence. */
export const symlinkEscapeMessage = (path: string, realPath: string): string =>
  l10n.t(
    "{0} leads out of the workspace folder through a link, to {1}. Choose another folder, or add that one to the workspace.",
    path,
    realPath,
  );

/**
 * Throws a `LimnError` of kind `files` if the file would be written outside the workspace. A
 * symlink may be newer than the choice of the path.
 */
export async function throwIfSymlinkEscapes(file: Uri): Promise<void> {
  const folder = Uri.joinPath(file, "..");
  const realPath = await symlinkEscape(folder);
  if (realPath !== undefined) {
    throw pathError(symlinkEscapeMessage(shownPath(folder), realPath));
  }
}

/** Throws a `LimnError` of kind `files` if a file that is to be read is outside the workspace. */
export async function throwIfReadEscapes(file: Uri): Promise<void> {
  const realPath = await symlinkEscape(file);
  if (realPath !== undefined) {
    throw pathError(
      l10n.t(
        "{0} is a link out of the workspace folder, to {1}. Choose that file itself, or add its folder to the workspace.",
        shownPath(file),
        realPath,
      ),
    );
  }
}
