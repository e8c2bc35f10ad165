import { open } from "node:fs/promises";
import { crc32 } from "node:zlib";
import { undefinedIfNotFound } from "./fileError.ts";

/** Bytes that are read at once. */
const chunkBytes = 256 * 1024;

/** Hexadecimal digits of a checksum. */
const checksumLength = 8;

const checksumOf = (line: string): string => crc32(line).toString(16).padStart(checksumLength, "0");

/** The lines as bytes, each with its checksum. A line must not contain a line break. */
export function* encodeCheckedLines(lines: Iterable<string>): Generator<Uint8Array> {
  const encoder = new TextEncoder();
  for (const line of lines) {
    yield encoder.encode(`${checksumOf(line)} ${line}\n`);
  }
}

/** The lines of the file that are as they were written; none if there is no file. */
export async function* readCheckedLines(path: string): AsyncGenerator<string> {
  const file = await undefinedIfNotFound(open(path));
  if (file === undefined) {
    return;
  }
  // The iterator closes the file.
  for await (const checked of file.readLines({ highWaterMark: chunkBytes })) {
    const line = checked.slice(checksumLength + 1);
    if (checked === `${checksumOf(line)} ${line}`) {
      yield line;
    }
  }
}
