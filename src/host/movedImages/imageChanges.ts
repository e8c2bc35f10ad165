import { FileType, RelativePattern, type Uri, workspace } from "vscode";
import { anyMention, maxNames, mentionPattern } from "../../core/links/moving/mentions.ts";
import { hasImageExtension, imageExtensions } from "../../core/links/reading/imageLink.ts";
import { isMade } from "../imageLinks/linkedDocuments.ts";
import { fileGlob } from "../workspace/fileGlob.ts";
import { type FileChange, isChanged, nameOf } from "./fileChanges.ts";

/** A change of an image, or of a folder that may contain images. */
export interface ImageChange extends FileChange {
  /** Names of the images, at most one more than are searched for; absent if they are not known. */
  readonly names?: readonly string[];
}

/** The images in a folder that was moved; none if it is a file. */
async function namesIn(moved: Uri): Promise<readonly string[]> {
  const { type } = await workspace.fs.stat(moved);
  if ((type & FileType.Directory) === 0) {
    return [];
  }
  const images = new RelativePattern(moved, fileGlob(imageExtensions));
  return (await workspace.findFiles(images, null, maxNames + 1)).map(nameOf);
}

async function toImageChange(change: FileChange, untilNow: readonly FileChange[]): Promise<readonly ImageChange[]> {
  const { from, to } = change;
  // Packages and the output of tools are moved and deleted often, and links seldom lead there.
  if (isMade(from)) {
    return [];
  }
  if (hasImageExtension(from.path)) {
    return to === undefined || hasImageExtension(to.path) ? [{ ...change, names: [nameOf(from)] }] : [];
  }
  if (to === undefined) {
    // It is not known any more whether it was a folder, and what was in it.
    return nameOf(from).includes(".") ? [] : [change];
  }
  // An image in it may already have another name.
  const renamed = untilNow.filter((one) => hasImageExtension(one.from.path) && isChanged([change], one.from));
  const names = [...new Set([...(await namesIn(to)), ...renamed.map(({ from: image }) => nameOf(image))])];
  return names.length === 0 ? [] : [{ ...change, names }];
}

/** The changes of images, and of folders with images; `untilNow`: with all later changes. */
export const imageChanges = async (
  changes: readonly FileChange[],
  untilNow: readonly FileChange[] = changes,
): Promise<readonly ImageChange[]> =>
  (await Promise.all(changes.map((change) => toImageChange(change, untilNow).catch(() => [])))).flat();

/** A pattern that each text with links to what has changed contains. */
export function mentionsOf(changes: readonly ImageChange[]): RegExp {
  const names = changes.flatMap((change) => change.names ?? []);
  return changes.every((change) => change.names !== undefined) ? mentionPattern(names) : anyMention;
}
