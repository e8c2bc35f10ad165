import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import type { LogPort } from "../../core/ports.ts";
import { compareCopiesFolder } from "../storage/storagePaths.ts";

/** Age in milliseconds of stale copies. Younger ones may belong to a tab of another window. */
const staleAge = 24 * 60 * 60 * 1000;

/** Deletes the copies of tabs that were open when a window closed. */
export async function deleteStaleCopies(storage: string, log: LogPort): Promise<void> {
  const folder = compareCopiesFolder(storage);
  for (const name of await readdir(folder).catch(() => [])) {
    const path = join(folder, name);
    try {
      if (Date.now() - (await stat(path)).mtimeMs > staleAge) {
        await rm(path, { recursive: true });
      }
    } catch (error) {
      log.warn(`The copies of a compare tab could not be deleted: ${String(error)}`);
    }
  }
}
