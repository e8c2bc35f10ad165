import { RelativePattern, type Uri, workspace } from "vscode";
import { formatByExtension } from "../../core/pictures/pictureFormat.ts";
import { fileGlob } from "./fileGlob.ts";

/** Maximum number of files by default: a list of more is of no use, and slow. */
const fileLimit = 2000;

/**
 * The PNG, JPEG and WebP files of the workspace, or of one of its folders, without those of
 * packages, in no order.
 */
export function findImageFiles(limit = fileLimit, folder?: Uri): Thenable<Uri[]> {
  const pattern = fileGlob(Object.keys(formatByExtension));
  const include = folder === undefined ? pattern : new RelativePattern(folder, pattern);
  return workspace.findFiles(include, "**/node_modules/**", limit);
}
