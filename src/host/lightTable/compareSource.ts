import { l10n, type Uri } from "vscode";
import { LimnError } from "../../core/errors.ts";
import type { OutputFormat } from "../../core/models/model.ts";
import { maxImageFileBytes } from "../../core/pictures/imageFileLimit.ts";
import type { Ports } from "../../core/ports.ts";
import { readRegularFile } from "../workspace/readRegularFile.ts";

/** A picture to compare, at any URI that VS Code can read. */
export interface CompareSource {
  readonly uri: Uri;
  /** What the user knows it by: a path, or words of its prompt. */
  readonly label: string;
}

/** What reading a picture resolves with. */
interface SourceBytes {
  readonly bytes: Uint8Array;
  readonly format: OutputFormat;
}

/** Reads a picture that is compared; see `readSource`. */
export type ReadSource = (source: CompareSource) => Promise<SourceBytes>;

/** Start of a pointer file, which replaces a large file in a commit. Source: Git LFS. */
const gitLfsPrefix = "version https://git-lfs.github.com/spec/";

/** An error for the user: a picture cannot be compared. */
export const compareError = (message: string, cause?: unknown) => new LimnError("files", message, { cause });

async function readBytes({ uri, label }: CompareSource): Promise<Uint8Array> {
  try {
    const bytes = await readRegularFile(uri, maxImageFileBytes);
    if (bytes === undefined) {
      throw compareError(l10n.t("{0} is larger than {1} MB and cannot be compared.", label, maxImageFileBytes / 1e6));
    }
    return bytes;
  } catch (error) {
    throw error instanceof LimnError
      ? error
      : compareError(l10n.t("{0} could not be read. Check that the file is still there.", label), error);
  }
}

/**
 * Reads a picture. Throws a `LimnError` of kind `files` if it cannot be read or is not a PNG, JPEG
 * or WebP picture.
 */
export async function readSource({ probe }: Pick<Ports, "probe">, source: CompareSource): Promise<SourceBytes> {
  const bytes = await readBytes(source);
  const header = probe(bytes);
  if (header !== undefined) {
    return { bytes, format: header.format };
  }
  throw new TextDecoder().decode(bytes.subarray(0, gitLfsPrefix.length)) === gitLfsPrefix
    ? compareError(l10n.t("{0} is kept in Git LFS, whose files Limn cannot read from a commit.", source.label))
    : compareError(l10n.t("{0} is not a PNG, JPEG or WebP picture and cannot be compared.", source.label));
}
