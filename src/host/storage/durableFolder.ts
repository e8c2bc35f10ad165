import { mkdir, open } from "node:fs/promises";
import { dirname } from "node:path";
import { hasCode } from "./fileError.ts";

/**
 * Where folders cannot be opened or synced: Windows, whose NTFS logs names by itself, and some
 * network shares.
 */
const syncUnsupportedCodes = ["EPERM", "EACCES", "EISDIR", "EINVAL", "ENOTSUP", "EOPNOTSUPP", "EBADF"];

/**
 * Brings the names in a folder down to the disk. A synced file can be lost with its name in a power
 * cut as long as its folder is not synced too. Source: fsync(2), “Description”.
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

/**
 * Makes a folder with all that are missing above it; once this has resolved, a power cut does not
 * undo it.
 */
export async function makeFolder(path: string): Promise<void> {
  const firstCreated = await mkdir(path, { recursive: true });
  if (firstCreated !== undefined) {
    for (let created = path; created.length >= firstCreated.length; created = dirname(created)) {
      await syncFolder(dirname(created));
    }
  }
}
