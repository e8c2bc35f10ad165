import { Uri } from "vscode";
import { uriExists } from "../workspace/fileStat.ts";
import { uriKey } from "../workspace/fileUri.ts";

/** A file or folder that was moved, or deleted if it has no new place. */
export interface FileChange {
  readonly from: Uri;
  readonly to?: Uri;
}

/** The name of a file or folder. */
export const nameOf = ({ path }: Uri): string => path.split("/").at(-1) ?? path;

/** Whether a URI is the folder, or a file or folder below it. */
const isWithin = (uri: Uri, folder: Uri): boolean =>
  uriKey(uri) === uriKey(folder) || uriKey(uri).startsWith(`${uriKey(folder)}/`);

/** The same place below another folder. */
function rebased(uri: Uri, folder: Uri, newFolder: Uri): Uri {
  const below = uri.path.split("/").slice(folder.path.split("/").length);
  return below.length === 0 ? newFolder : Uri.joinPath(newFolder, ...below);
}

/** Whether a file or folder is one that has changed, at the place where it was. */
export const isChanged = (changes: readonly FileChange[], uri: Uri): boolean =>
  changes.some(({ from }) => isWithin(uri, from));

/** Where a file is that was at the URI before; `undefined` if it was deleted. */
export function placeAfter(changes: readonly FileChange[], uri: Uri): Uri | undefined {
  const change = changes.find(({ from }) => isWithin(uri, from));
  if (change === undefined) {
    return uri;
  }
  return change.to && rebased(uri, change.from, change.to);
}

/** Where a file was before that is at the URI now. */
export function placeBefore(changes: readonly FileChange[], uri: Uri): Uri {
  const change = changes.find(({ to }) => to !== undefined && isWithin(uri, to));
  return change?.to === undefined ? uri : rebased(uri, change.to, change.from);
}

/** Whether a file or folder was there before. What is deleted counts as a file that was there. */
export async function existedBefore(changes: readonly FileChange[], uri: Uri): Promise<boolean> {
  if (isChanged(changes, uri)) {
    const now = placeAfter(changes, uri);
    return now === undefined || uriExists(now);
  }
  return uriKey(placeBefore(changes, uri)) === uriKey(uri) && uriExists(uri);
}
