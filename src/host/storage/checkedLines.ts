import { type FileHandle, open } from "node:fs/promises";
import { crc32 } from "node:zlib";
import { undefinedIfNotFound } from "./fileError.ts";

/** Bytes that are read at once. */
const chunkBytes = 256 * 1024;

/** Hexadecimal digits of a checksum. */
const checksumLength = 8;

const lineBreak = 10;

const checksumOf = (line: string | Uint8Array): string => crc32(line).toString(16).padStart(checksumLength, "0");

/** The lines as bytes, each with its checksum. A line must not contain a line break. */
export function* encodeCheckedLines(lines: Iterable<string>): Generator<Uint8Array> {
  const encoder = new TextEncoder();
  for (const line of lines) {
    yield encoder.encode(`${checksumOf(line)} ${line}\n`);
  }
}

/** The line of these bytes; `undefined` if it is not as it was written. */
function decodeLine(bytes: Buffer): string | undefined {
  const line = bytes.subarray(checksumLength + 1);
  const isIntact = bytes.toString("latin1", 0, checksumLength + 1) === `${checksumOf(line)} `;
  return isIntact ? line.toString("utf8") : undefined;
}

/** The lines in these bytes that are as they were written. The last byte is a line break. */
function* decodeLines(bytes: Buffer): Generator<string> {
  for (let start = 0; start < bytes.length; ) {
    const end = bytes.indexOf(lineBreak, start);
    const line = decodeLine(bytes.subarray(start, end));
    if (line !== undefined) {
      yield line;
    }
    start = end + 1;
  }
}

async function* readGroups(file: FileHandle): AsyncGenerator<Iterable<string>> {
  // One buffer for all, since thousands of jobs are megabytes.
  let buffer = Buffer.allocUnsafe(chunkBytes);
  // Bytes of a line that the last group ended in.
  let rest = 0;
  for (;;) {
    if (rest === buffer.length) {
      buffer = Buffer.concat([buffer], 2 * rest);
    }
    const { bytesRead } = await file.read(buffer, rest, buffer.length - rest);
    if (bytesRead === 0) {
      return;
    }
    const read = buffer.subarray(0, rest + bytesRead);
    const end = read.lastIndexOf(lineBreak) + 1;
    yield decodeLines(read.subarray(0, end));
    buffer.copyWithin(0, end, read.length);
    rest = read.length - end;
  }
}

/**
 * The lines of the file that are as they were written, in groups as they are read; none if there is
 * no file.
 */
export async function* readCheckedLines(path: string): AsyncGenerator<Iterable<string>> {
  const file = await undefinedIfNotFound(open(path));
  if (file === undefined) {
    return;
  }
  try {
    yield* readGroups(file);
  } finally {
    await file.close();
  }
}
