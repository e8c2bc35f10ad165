import { l10n, type Uri } from "vscode";
import { LimnError } from "../../core/errors.ts";
import type { OutputFormat } from "../../core/models/model.ts";
import { maxImageFileBytes } from "../../core/pictures/imageFileLimit.ts";
import type { Ports } from "../../core/ports.ts";
import { readRegularFile } from "../workspace/readRegularFile.ts";

/** A picture to compare, wherever VS Code can read it. */
export interface CompareSource {
  readonly uri: Uri;
  /** What a person knows it by. */
  readonly label: string;
}

/**
 * First words of the small text that stands in a repository for a large file. Source: Git LFS
 * specification.
 */
const gitLfsPrefix = "version https://git-lfs.github.com/spec/";

const sourceError = (message: string, cause?: unknown) => new LimnError("files", message, { cause });

async function readBytes({ uri, label }: CompareSource): Promise<Uint8Array> {
  try {
    const bytes = await readRegularFile(uri, maxImageFileBytes);
    if (bytes === undefined) {
      throw sourceError(l10n.t("{0} is larger than {1} MB and cannot be compared.", label, maxImageFileBytes / 1e6));
    }
    return bytes;
  } catch (error) {
    throw error instanceof LimnError
      ? error
      : sourceError(l10n.t("{0} could not be read. Check that the file is still there.", label), error);
  }
}

/**
 * Reads a picture. Throws a `LimnError` of kind `files` where it cannot be read, or is no PNG, JPEG
 * or WebP.
 */
export async function readSource(
  { probe }: Pick<Ports, "probe">,
  source: CompareSource,
): Promise<{ readonly bytes: Uint8Array; readonly format: OutputFormat }> {
  const bytes = await readBytes(source);
  const pictureFacts = probe(bytes);
  if (pictureFacts !== undefined) {
    return { bytes, format: pictureFacts.format };
  }
  throw new TextDecoder().decode(bytes.subarray(0, gitLfsPrefix.length)) === gitLfsPrefix
    ? sourceError(l10n.t("{0} is kept in Git LFS, whose files Limn cannot read from a commit.", source.label))
    : sourceError(l10n.t("{0} is not a PNG, JPEG or WebP picture and cannot be compared.", source.label));
}
