import { constants } from "node:fs";
import { open } from "node:fs/promises";
import { FileType, type Uri, workspace } from "vscode";

/** Bytes per read. */
const chunkSize = 1_000_000;

async function readLocalFile(path: string, limit: number): Promise<Uint8Array | undefined> {
  // Without O_NONBLOCK, opening a pipe without a writer would block one of Node's few threads
  // forever.
  const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const stats = await file.stat();
    if (!stats.isFile()) {
      throw new Error(`${path} is a device, a pipe or a folder.`);
    }
    if (stats.size > limit) {
      return undefined;
    }
    const chunks: Buffer[] = [];
    for await (const part of file.createReadStream({ autoClose: false, end: limit, highWaterMark: chunkSize })) {
      chunks.push(part);
    }
    const bytes = Buffer.concat(chunks);
    return bytes.length > limit ? undefined : bytes;
  } finally {
    await file.close();
  }
}

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
