import { readlink, realpath } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { hasCode } from "./fileError.ts";

/**
 * The path with every symlink followed. A part that does not exist is taken to be in the nearest
 * folder above that does, or where a broken symlink points.
 */
export async function realPathOf(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    const parent = dirname(path);
    if (!hasCode(error, "ENOENT", "ENOTDIR") || parent === path) {
      throw error;
    }
    const folder = await realPathOf(parent);
    const link = await readlink(path).catch(() => undefined);
    return link === undefined ? join(folder, basename(path)) : realPathOf(resolve(folder, link));
  }
}
