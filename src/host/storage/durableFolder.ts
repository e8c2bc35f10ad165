import { mkdir, open } from "node:fs/promises";
import { dirname } from "node:path";
import { hasCode } from "./fileError.ts";

/**
 * Codes of systems where folders cannot be opened or synced: Windows, where NTFS journals names
 * itself, and some network shares.
 */
const syncUnsupportedCodes = ["EPERM", "EACCES", "EISDIR", "EINVAL", "ENOTSUP", "EOPNOTSUPP", "EBADF"];

/**
 * Syncs the names in a folder to the disk. Without that, a power cut can lose a synced file with
 * its name. Source: fsync(2), “Description”.
 */
export async function syncFolder(path: string): Promise<void> {
  try {
    const folder = await open(path, "r");
    try {
      await folder.sync();
    } finally {
      await folder.close();
    }
  } catch (error) {
    if (!hasCode(error, ...syncUnsupportedCodes)) {
      throw error;
    }
  }
}

/** Creates a folder and its missing parents. When this resolves, they survive a power cut. */
export async function makeFolder(path: string): Promise<void> {
  const firstCreated = await mkdir(path, { recursive: true });
  if (firstCreated !== undefined) {
    for (let created = path; created.length >= firstCreated.length; created = dirname(created)) {
      await syncFolder(dirname(created));
    }
  }
}
