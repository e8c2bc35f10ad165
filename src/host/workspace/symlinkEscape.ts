import { sep } from "node:path";
import { l10n, Uri, workspace } from "vscode";
import { realPathOf } from "../storage/realPath.ts";
import { pathError } from "./pathError.ts";
import { shownPath } from "./workspaceFolders.ts";

const isInside = (root: string, path: string): boolean =>
  path === root || path.startsWith(root.endsWith(sep) ? root : `${root}${sep}`);

/**
 * Where a file or folder of the workspace really lies, if that is outside all folders that are
 * open: a cloned repository can hold links to anywhere. `undefined` where it stays inside, is not
 * on a disk, or is no file of the workspace and so was named by a person or a program. Rejects as
 * `realpath` does where that cannot be told.
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
 * Throws a `LimnError` of kind `files` where a file of the workspace would be written outside.
 * Links may have come since it was chosen.
 */
export async function throwIfSymlinkEscapes(file: Uri): Promise<void> {
  const folder = Uri.joinPath(file, "..");
  const realPath = await symlinkEscape(folder);
  if (realPath !== undefined) {
    throw pathError(symlinkEscapeMessage(shownPath(folder), realPath));
  }
}
