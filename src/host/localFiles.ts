import type { FilesPort } from "../core/ports.ts";
import { createCopy, sameFiles, sizeIfThere } from "./durableFile.ts";
import { locate } from "./refuge.ts";

/**
 * Files on the extension host's own disk, where a name can be taken without a race and a picture is copied without its bytes in memory.
 * `pathOf` turns their URIs into paths; what the vault could not take is looked for in the refuges.
 */
export const localFiles = (
  vault: string,
  pathOf: (uri: string) => string,
  refuges: readonly string[] = [],
): FilesPort => ({
  size: (uri) => sizeIfThere(pathOf(uri)),
  create: async (uri, name) => createCopy(pathOf(uri), await locate(vault, refuges, name)),
  holds: async (uri, name) => sameFiles(pathOf(uri), await locate(vault, refuges, name)),
});
