import { join } from "node:path";
import type { FilesPort } from "../core/ports.ts";
import { createCopy, sameFiles, sizeIfThere } from "./durableFile.ts";

/**
 * Files on the extension host's own disk, where a name can be taken without a race and a picture is copied without its bytes in memory.
 * `pathOf` turns their URIs into paths.
 */
export const localFiles = (vault: string, pathOf: (uri: string) => string): FilesPort => ({
  size: (uri) => sizeIfThere(pathOf(uri)),
  create: (uri, name) => createCopy(pathOf(uri), join(vault, name)),
  holds: (uri, name) => sameFiles(pathOf(uri), join(vault, name)),
});
