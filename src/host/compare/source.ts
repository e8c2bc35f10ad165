import { l10n, type Uri } from "vscode";
import { LimnError } from "../../core/errors.ts";
import type { OutputFormat } from "../../core/model.ts";
import type { Ports } from "../../core/ports.ts";
import { readPlainFile } from "../readPlainFile.ts";

/** A picture to compare, wherever VS Code can read it. */
export interface Source {
  readonly uri: Uri;
  /** What a person knows it by. */
  readonly label: string;
}

/** Largest file that is read, in bytes. */
const byteLimit = 100_000_000;

/** First words of the small text that stands in a repository for a large file. Source: Git LFS specification. */
const largeFilePointer = "version https://git-lfs.github.com/spec/";

const fault = (message: string, cause?: unknown) => new LimnError("files", message, { cause });

async function readBytes({ uri, label }: Source): Promise<Uint8Array> {
  try {
    const bytes = await readPlainFile(uri, byteLimit);
    if (bytes === undefined) {
      throw fault(l10n.t("{0} is larger than {1} MB and cannot be compared.", label, byteLimit / 1e6));
    }
    return bytes;
  } catch (error) {
    throw error instanceof LimnError
      ? error
      : fault(l10n.t("{0} could not be read. Check that the file is still there.", label), error);
  }
}

/** Reads a picture. Throws a `LimnError` of kind `files` where it cannot be read, or is no PNG, JPEG or WebP. */
export async function readPicture(
  { probe }: Pick<Ports, "probe">,
  source: Source,
): Promise<{ readonly bytes: Uint8Array; readonly format: OutputFormat }> {
  const bytes = await readBytes(source);
  const facts = probe(bytes);
  if (facts !== undefined) {
    return { bytes, format: facts.format };
  }
  throw new TextDecoder().decode(bytes.subarray(0, largeFilePointer.length)) === largeFilePointer
    ? fault(l10n.t("{0} is kept in Git LFS, whose files Limn cannot read from a commit.", source.label))
    : fault(l10n.t("{0} is not a PNG, JPEG or WebP picture and cannot be compared.", source.label));
}
