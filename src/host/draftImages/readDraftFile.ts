import type { Uri } from "vscode";
import { draftFileLimit, draftHeadLength, mayBeDraft } from "../../core/draftImages/mayBeDraft.ts";
import type { DraftImage } from "../../imaging/draftFile.ts";
import { readFileHead, readRegularFile } from "../workspace/readRegularFile.ts";
import { symlinkEscape } from "../workspace/symlinkEscape.ts";

/** Whether the rest of a file must be read to know whether it is a draft image. */
async function needsReading(uri: Uri): Promise<boolean> {
  if (uri.scheme !== "file") {
    return true;
  }
  const { head, size } = await readFileHead(uri.fsPath, draftHeadLength);
  return size <= draftFileLimit && mayBeDraft(head) && (await symlinkEscape(uri)) === undefined;
}

/**
 * Reads a draft image; `undefined` if the file is none, does not exist, or is a link out of the
 * workspace. Of other files on a disk only the first bytes are read.
 */
export async function readDraftFile(uri: Uri): Promise<DraftImage | undefined> {
  try {
    const bytes = (await needsReading(uri)) ? await readRegularFile(uri, draftFileLimit) : undefined;
    return bytes && (await import("../../imaging/draftFile.ts")).readDraft(bytes);
  } catch {
    return undefined;
  }
}
