import type { Uri } from "vscode";
import type { DraftImage } from "../../imaging/draftFile.ts";
import { readRegularFile, withFileRanges } from "../workspace/readRegularFile.ts";
import { symlinkEscape } from "../workspace/symlinkEscape.ts";

/** Bytes of the largest draft image that is read: no drawing of a model's size has as many. */
const draftFileLimit = 20_000_000;

/** Bytes of the largest one that is fetched from another computer to know whether it is a draft. */
const remoteFileLimit = 2_000_000;

/** Whether the rest of a file must be read to know whether it is a draft image. */
async function needsReading(uri: Uri): Promise<boolean> {
  if (uri.scheme !== "file") {
    return true;
  }
  const { mayBeDraft } = await import("../../core/draftImages/mayBeDraft.ts");
  return withFileRanges(
    uri.fsPath,
    async (readRange, size) =>
      size <= draftFileLimit && (await mayBeDraft(readRange)) && (await symlinkEscape(uri)) === undefined,
  );
}

/**
 * Reads a draft image; `undefined` if the file is none, does not exist, or is a link out of the
 * workspace. Of other files on a disk only a few kilobytes are read.
 */
export async function readDraftFile(uri: Uri): Promise<DraftImage | undefined> {
  try {
    const limit = uri.scheme === "file" ? draftFileLimit : remoteFileLimit;
    const bytes = (await needsReading(uri)) ? await readRegularFile(uri, limit) : undefined;
    return bytes && (await import("../../imaging/draftFile.ts")).readDraft(bytes);
  } catch {
    return undefined;
  }
}
