import { l10n, Uri, type WorkspaceFolder, workspace } from "vscode";
import { hasPlaceholder, portableName, splitExtension } from "../../core/files/naming.ts";
import { isSameFile } from "../workspace/fileUri.ts";
import { pathError } from "../workspace/pathError.ts";
import { checkFilePath, checkWritable, type SaveLocation } from "../workspace/saveLocation.ts";

/** Where the image of a path is saved. */
export interface FileTarget extends SaveLocation {
  readonly root: WorkspaceFolder;
  /** Relative to the workspace folder. */
  readonly path: string;
}

/** Checks that a picture can be saved as a file; throws a `LimnError` if not. */
export async function checkFileTarget(file: Uri): Promise<FileTarget> {
  const root = workspace.getWorkspaceFolder(file);
  if (root === undefined) {
    throw pathError(l10n.t("The path leads out of the workspace folder. Choose one inside it."));
  }
  const problem = checkFilePath(file) ?? (await checkWritable(Uri.joinPath(file, "..")));
  if (problem !== undefined) {
    throw pathError(problem);
  }
  const path = file.path.slice(root.uri.path.length).replace(/^\//, "");
  const { stem, ...extension } = splitExtension(path);
  const name = stem.slice(stem.lastIndexOf("/") + 1);
  if (hasPlaceholder(path)) {
    throw pathError(
      l10n.t("Limn cannot save a file as “{0}”, because it replaces the word in braces. Change the link.", path),
    );
  }
  // On Linux a name in another Unicode normalization form is another file.
  const saved = Uri.joinPath(file, "..", portableName(name) + path.slice(stem.length));
  if (!isSameFile(saved, file)) {
    throw pathError(
      l10n.t("Limn cannot save a file named “{0}”, because not every system allows it. Change the link.", name),
    );
  }
  return { root, path, folder: Uri.joinPath(file, ".."), name, ...extension };
}
