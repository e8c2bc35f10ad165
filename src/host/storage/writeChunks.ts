import type { FileHandle } from "node:fs/promises";
import type { Chunks } from "../../core/ports.ts";

/** Bytes that are written together: many small chunks become few writes. */
const batchBytes = 500_000;

/**
 * The system may write fewer bytes than it is given, as on a disk that is nearly full. Then
 * `writeFile` writes the rest, or rejects with the reason.
 */
async function writeAll(file: FileHandle, batch: readonly Uint8Array[], length: number): Promise<void> {
  const { bytesWritten } = await file.writev(batch);
  if (bytesWritten < length) {
    await file.writeFile(Buffer.concat(batch).subarray(bytesWritten));
  }
}

/**
 * Writes chunks to a file, each batch while the next one arrives, and syncs it to the disk. Rejects
 * with the error of the disk if there is one, also if the chunks end with another.
 */
export async function writeChunks(file: FileHandle, chunks: Chunks): Promise<void> {
  let batch: Uint8Array[] = [];
  let length = 0;
  let writing: Promise<unknown> = Promise.resolve();
  const errors: unknown[] = [];
  const throwDiskError = () => {
    if (errors.length > 0) throw errors[0];
  };
  const writeBatch = async () => {
    await writing;
    throwDiskError();
    writing = writeAll(file, batch, length).catch((error: unknown) => void errors.push(error));
    [batch, length] = [[], 0];
  };
  try {
    for await (const chunk of chunks) {
      throwDiskError();
      batch.push(chunk);
      length += chunk.length;
      if (length >= batchBytes) {
        await writeBatch();
      }
    }
    await writeBatch();
  } finally {
    // The caller closes the file, so nothing may use it any more.
    await writing;
    throwDiskError();
  }
  await file.sync();
}
