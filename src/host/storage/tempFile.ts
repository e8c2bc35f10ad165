import { randomUUID } from "node:crypto";
import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { isProcessRunning } from "./isProcessRunning.ts";

/** A file on its way to its name. */
export interface TempFile {
  readonly path: string;
  /** Removes what is left of it. */
  remove(): Promise<void>;
}

/**
 * The name says whose it is, so that what the dead have left can be told from what the living work
 * on.
 */
const tempNamePattern = /^\.limn-(\d+)-[\da-f-]{36}\.tmp$/;

/**
 * Milliseconds after which a temporary file is litter, whoever lives: its writer's number may be
 * that of another program by now.
 */
const staleAge = 24 * 60 * 60 * 1000;

/**
 * Those of this process, so that it can tell them from those of an earlier one that had the same
 * number.
 */
const activePaths = new Set<string>();

/** The path of a temporary file of this process in the folder. Nothing is made. */
export function newTempFile(folder: string): TempFile {
  const path = join(folder, `.limn-${process.pid}-${randomUUID()}.tmp`);
  activePaths.add(path);
  return {
    path,
    async remove() {
      await rm(path, { force: true });
      activePaths.delete(path);
    },
  };
}

async function isStale(path: string, pid: number): Promise<boolean> {
  const isInUse = pid === process.pid ? activePaths.has(path) : isProcessRunning(pid);
  return !isInUse || Date.now() - (await stat(path)).mtimeMs > staleAge;
}

/**
 * Removes the temporary files that a crash has left in a folder. One that is not there has none.
 */
export async function removeStaleTempFilesIn(folder: string): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    const [, pid] = tempNamePattern.exec(name) ?? [];
    const path = join(folder, name);
    if (pid !== undefined && (await isStale(path, Number(pid)).catch(() => false))) {
      await rm(path, { force: true }).catch(() => undefined);
    }
  }
}
