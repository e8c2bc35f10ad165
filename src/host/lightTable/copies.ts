import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { LogPort } from "../../core/ports.ts";
import { isStale } from "../storage/staleFile.ts";
import { compareCopiesFolder } from "../storage/storagePaths.ts";

/**
 * Deletes the copies of tabs that were open when a window closed. Copies younger than a day stay,
 * because they may belong to a tab of another window.
 */
export async function deleteStaleCopies(storage: string, log: LogPort): Promise<void> {
  const folder = compareCopiesFolder(storage);
  for (const name of await readdir(folder).catch(() => [])) {
    const path = join(folder, name);
    try {
      if (await isStale(path)) {
        await rm(path, { recursive: true });
      }
    } catch (error) {
      log.warn(`The copies of the light table could not be deleted: ${String(error)}`);
    }
  }
}
