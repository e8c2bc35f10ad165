import { FileType, RelativePattern, Uri, workspace } from "vscode";
import { anyMention, mentionPattern } from "../../core/links/moving/mentions.ts";
import { hasImageExtension } from "../../core/links/reading/imageLink.ts";
import { uriExists } from "../workspace/fileStat.ts";
import { uriKey } from "../workspace/fileUri.ts";

/** A file or folder that was moved, or deleted if it has no new place. */
export interface FileChange {
  readonly from: Uri;
  readonly to?: Uri;
}

const nameOf = ({ path }: Uri): string => path.split("/").at(-1) ?? "";

/** Whether images were moved or deleted, by their own or with a folder. */
async function isOfImages({ from, to }: FileChange): Promise<boolean> {
  if (hasImageExtension(from.path)) {
    return to === undefined || hasImageExtension(to.path);
  }
  if (to === undefined) {
    // It is not known any more whether it was a folder.
    return !nameOf(from).includes(".");
  }
  const { type } = await workspace.fs.stat(to);
  if ((type & FileType.Directory) === 0) {
    return false;
  }
  const images = new RelativePattern(to, "**/*.{png,jpg,jpeg,webp,gif,svg,ico,avif,bmp,PNG,JPG,JPEG}");
  return (await workspace.findFiles(images, null, 1)).length > 0;
}

/** The changes of images, and of folders with images. */
export async function imageChanges(changes: readonly FileChange[]): Promise<readonly FileChange[]> {
  const isWanted = await Promise.all(changes.map((change) => isOfImages(change).catch(() => false)));
  return changes.filter((_, index) => isWanted[index]);
}

/** A pattern that each text with links to what has changed contains. */
export const mentionsOf = (changes: readonly FileChange[]): RegExp =>
  changes.every(({ from }) => hasImageExtension(from.path))
    ? mentionPattern(changes.map(({ from }) => nameOf(from)))
    : anyMention;

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
