import { stat } from "node:fs/promises";

/** Milliseconds without a change after which a file that was left behind counts as stale. */
const staleAge = 24 * 60 * 60 * 1000;

/** Whether nothing has changed the file or folder for a day. Rejects if it does not exist. */
export const isStale = async (path: string): Promise<boolean> => Date.now() - (await stat(path)).mtimeMs > staleAge;
