import { type Uri, workspace } from "vscode";
import { formatByExtension } from "../../core/pictures/pictureFormat.ts";

/** Maximum number of files: a list of more is of no use, and slow. */
const fileLimit = 2000;

/** The PNG, JPEG and WebP files of the workspace, without those of packages, in no order. */
export function findImageFiles(): Thenable<Uri[]> {
  const extensions = Object.keys(formatByExtension).flatMap((name) => [name, name.toUpperCase()]);
  return workspace.findFiles(`**/*.{${extensions.join()}}`, "**/node_modules/**", fileLimit);
}
