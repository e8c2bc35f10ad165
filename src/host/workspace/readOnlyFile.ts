import { access, constants } from "node:fs/promises";
import { hasCode } from "../storage/fileError.ts";

/** Whether a file is marked as read-only. Rejects if its file system is read-only. */
export async function isReadOnly(path: string, mode: number): Promise<boolean> {
  try {
    await access(path, constants.W_OK);
  } catch (error) {
    if (hasCode(error, "EACCES", "EPERM")) {
      return true;
    }
    throw error;
  }
  // An administrator may write any file, so `access` does not show the mark.
  return (mode & 0o222) === 0;
}
