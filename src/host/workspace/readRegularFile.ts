import { constants } from "node:fs";
import { open } from "node:fs/promises";
import { FileType, type Uri, workspace } from "vscode";

/** Bytes of one read. */
const chunkSize = 1_000_000;

async function readLocalFile(path: string, limit: number): Promise<Uint8Array | undefined> {
  // Without O_NONBLOCK, opening a pipe that nobody writes to would hold one of Node's few threads
  // for ever.
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
    throw new Error(`${uri.path} is no file.`);
  }
  const bytes = size > limit ? undefined : await workspace.fs.readFile(uri);
  return bytes === undefined || bytes.length > limit ? undefined : bytes;
}

/**
 * Reads a file that a stranger may have put there, wherever VS Code can read: at most `limit` bytes
 * are taken into memory, and neither a device without end nor a pipe can keep Limn waiting.
 *
 * @returns `undefined` where the file is larger than `limit` bytes.
 * @throws what the file system throws where there is no such file, or no plain one.
 */
export const readRegularFile = (uri: Uri, limit: number): Promise<Uint8Array | undefined> =>
  uri.scheme === "file" ? readLocalFile(uri.fsPath, limit) : readRemoteFile(uri, limit);
