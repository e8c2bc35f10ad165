import { constants } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { FileType, type Uri, workspace } from "vscode";

/** Bytes per read. */
const chunkSize = 1_000_000;

/** Opens a file, unless it is a device, a pipe or a folder, and closes it after `use`. */
async function withLocalFile<Result>(path: string, use: (file: FileHandle, size: number) => Promise<Result>) {
  // Without O_NONBLOCK, opening a pipe without a writer would block one of Node's few threads
  // forever.
  const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const stats = await file.stat();
    if (!stats.isFile()) {
      throw new Error(`${path} is a device, a pipe or a folder.`);
    }
    return await use(file, stats.size);
  } finally {
    await file.close();
  }
}

const readLocalFile = (path: string, limit: number): Promise<Uint8Array | undefined> =>
  withLocalFile(path, async (file, size) => {
    if (size > limit) {
      return undefined;
    }
    const chunks: Buffer[] = [];
    for await (const part of file.createReadStream({ autoClose: false, end: limit, highWaterMark: chunkSize })) {
      chunks.push(part);
    }
    const bytes = Buffer.concat(chunks);
    return bytes.length > limit ? undefined : bytes;
  });

/** Reads at most `length` bytes from an offset on; fewer at the end of the file. */
export type ReadRange = (offset: number, length: number) => Promise<Uint8Array>;

/**
 * Calls `use` with what reads ranges of an untrusted file on the disk of the extension host, and
 * with its size in bytes. Throws the error of the file system if the file does not exist or is not
 * a regular file.
 */
export const withFileRanges = <Result>(
  path: string,
  use: (readRange: ReadRange, size: number) => Promise<Result>,
): Promise<Result> =>
  withLocalFile(path, (file, size) =>
    use(async (offset, length) => {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(Math.min(length, size)), { position: offset });
      return buffer.subarray(0, bytesRead);
    }, size),
  );

async function readRemoteFile(uri: Uri, limit: number): Promise<Uint8Array | undefined> {
  const { type, size } = await workspace.fs.stat(uri);
  if ((type & FileType.File) === 0) {
    throw new Error(`${uri.path} is not a file.`);
  }
  const bytes = size > limit ? undefined : await workspace.fs.readFile(uri);
  return bytes === undefined || bytes.length > limit ? undefined : bytes;
}

/**
 * Reads an untrusted file on any file system of VS Code. Reads at most `limit` bytes, and never
 * waits for an endless device or a pipe.
 *
 * @returns `undefined` if the file is larger than `limit` bytes.
 * @throws the error of the file system if the file does not exist or is not a regular file.
 */
export const readRegularFile = (uri: Uri, limit: number): Promise<Uint8Array | undefined> =>
  uri.scheme === "file" ? readLocalFile(uri.fsPath, limit) : readRemoteFile(uri, limit);
