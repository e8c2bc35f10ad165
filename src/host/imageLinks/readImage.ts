import { FileType, type Uri, workspace } from "vscode";
import { formatOfName, knownFormat } from "../../core/pictures/pictureFormat.ts";
import type { ImageHeader } from "../../imaging/probe.ts";
import { withFileRanges } from "../workspace/readRegularFile.ts";
import { symlinkEscape } from "../workspace/symlinkEscape.ts";

/** Bytes within which the header must be found: metadata and a thumbnail may come first. */
const headLength = 1_000_000;

/** What is known of an image file without decoding it. */
export interface ImageFile {
  readonly uri: Uri;
  /** Bytes of the file. */
  readonly size: number;
  /** Absent if the file is no image, is damaged, or is not on a disk. */
  readonly header?: ImageHeader;
}

/** Whether Limn opens an image: its format is one of the models, and so is its extension. */
export const canBeOpened = ({ uri, header }: ImageFile): boolean =>
  (header === undefined ? uri.scheme !== "file" : knownFormat(header.format) !== undefined) &&
  formatOfName(uri.path) !== undefined;

/**
 * Reads the header of an image in the workspace; `undefined` for a folder, and for a symlink out of
 * the workspace. Files that are not on a disk are not read.
 */
export async function readImage(uri: Uri): Promise<ImageFile | undefined> {
  if (uri.scheme !== "file") {
    const { type, size } = await workspace.fs.stat(uri);
    return type === FileType.File ? { uri, size } : undefined;
  }
  if ((await symlinkEscape(uri)) !== undefined) {
    return undefined;
  }
  const { head, size } = await withFileRanges(uri.fsPath, async (readRange, size) => ({
    head: await readRange(0, headLength),
    size,
  }));
  const header = (await import("../../imaging/probe.ts")).probeAny(head);
  return { uri, size, ...(header === undefined ? {} : { header }) };
}
