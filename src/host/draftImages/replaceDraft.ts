import { readFile } from "node:fs/promises";
import type { Uri } from "vscode";
import type { ReplacedImages } from "../panel/pictures/replacedImages.ts";
import { readDraftFile } from "./readDraftFile.ts";

/**
 * Replaces a draft image by the picture in a file, with undo; `false`, without any change, if it is
 * no draft any more. Throws a `LimnError` if it cannot be written.
 */
export async function replaceDraft(replacedImages: ReplacedImages, uri: Uri, picture: string): Promise<boolean> {
  if ((await readDraftFile(uri)) === undefined) {
    return false;
  }
  await replacedImages.replace(uri, await readFile(picture));
  return true;
}
