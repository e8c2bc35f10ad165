import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

/** A file's path and bytes. */
export interface FileBytes {
  readonly path: string;
  readonly bytes: Buffer;
}

/** Reads all files in a folder and the folders below it. */
export async function readFilesBelow(folder: string): Promise<readonly FileBytes[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return await Promise.all(paths.map(async (path) => ({ path, bytes: await readFile(path) })));
}
