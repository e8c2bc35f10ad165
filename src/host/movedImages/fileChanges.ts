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

/** The change of the deepest folder around a URI, or of the file itself. */
function deepest(changes: readonly FileChange[], uri: Uri, placeOf: (change: FileChange) => Uri | undefined) {
  const around = changes.flatMap((change) => {
    const place = placeOf(change);
    return place !== undefined && isWithin(uri, place) ? [{ change, depth: place.path.length }] : [];
  });
  return around.toSorted((one, other) => other.depth - one.depth)[0]?.change;
}

/** Where a file is that was at the URI before; `undefined` if it was deleted. */
export function placeAfter(changes: readonly FileChange[], uri: Uri): Uri | undefined {
  const change = deepest(changes, uri, ({ from }) => from);
  if (change === undefined) {
    return uri;
  }
  return change.to && rebased(uri, change.from, change.to);
}

/** Where a file was before that is at the URI now. */
export function placeBefore(changes: readonly FileChange[], uri: Uri): Uri {
  const change = deepest(changes, uri, ({ to }) => to);
  return change?.to === undefined ? uri : rebased(uri, change.to, change.from);
}

const withPlace = (from: Uri, to: Uri | undefined): FileChange => (to === undefined ? { from } : { from, to });

/** The changes with the places that files have after later changes too. */
export const followed = (changes: readonly FileChange[], later: readonly FileChange[]): readonly FileChange[] =>
  changes.map(({ from, to }) => withPlace(from, to && placeAfter(later, to)));

/** Two changes one after the other, as one. */
export const inOrder = (changes: readonly FileChange[], later: readonly FileChange[]): readonly FileChange[] => [
  ...followed(changes, later),
  ...later.map(({ from, to }) => withPlace(placeBefore(changes, from), to)),
];

/** Whether a file or folder was there before. What is deleted counts as a file that was there. */
export async function existedBefore(changes: readonly FileChange[], uri: Uri): Promise<boolean> {
  if (isChanged(changes, uri)) {
    const now = placeAfter(changes, uri);
    return now === undefined || uriExists(now);
  }
  return uriKey(placeBefore(changes, uri)) === uriKey(uri) && uriExists(uri);
}
