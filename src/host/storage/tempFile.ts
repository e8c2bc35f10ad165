import { randomUUID } from "node:crypto";
import { readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { isProcessRunning } from "./isProcessRunning.ts";
import { isStale } from "./staleFile.ts";
import { tempFileName, tempFilePattern } from "./storagePaths.ts";

/** A temporary file that is renamed when it is complete. */
export interface TempFile {
  readonly path: string;
  /** Gives it its final path. */
  moveTo(path: string): Promise<void>;
  /** Deletes it, unless it was moved. */
  remove(): Promise<void>;
}

/** Temporary files of this process. Others with its id are of an earlier process. */
const activePaths = new Set<string>();

/** A path for a temporary file in the folder. Nothing is created. */
export function newTempFile(folder: string): TempFile {
  const path = join(folder, tempFileName(process.pid, randomUUID()));
  activePaths.add(path);
  let isMoved = false;
  return {
    path,
    async moveTo(finalPath) {
      await rename(path, finalPath);
      isMoved = true;
    },
    async remove() {
      if (!isMoved) {
        await rm(path, { force: true });
      }
      activePaths.delete(path);
    },
  };
}

/**
 * Whether a crash has left the temporary file. A stale one is left even if its process runs: the id
 * may have been reused.
 */
async function isLeftOver(path: string, pid: number): Promise<boolean> {
  const isInUse = pid === process.pid ? activePaths.has(path) : isProcessRunning(pid);
  return !isInUse || (await isStale(path));
}

/** Deletes the temporary files that a crash has left in a folder, if the folder exists. */
export async function removeStaleTempFilesIn(folder: string): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    const [, pid] = tempFilePattern.exec(name) ?? [];
    if (pid === undefined) {
      continue;
    }
    const path = join(folder, name);
    if (await isLeftOver(path, Number(pid)).catch(() => false)) {
      await rm(path, { force: true }).catch(() => undefined);
    }
  }
}
