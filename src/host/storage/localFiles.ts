import type { FilesPort } from "../../core/ports.ts";
import { createCopy, sameFiles, sizeIfExists } from "./durableFile.ts";
import { locatePicture } from "./fallbackFolder.ts";

/** What copies pictures to new files. */
export type NewFiles = Omit<FilesPort, "replaceDraft">;

/**
 * Files on the extension host's own disk, where a name can be created exclusively and a picture is
 * copied without reading it into memory. `pathOf` converts their URIs to paths. Pictures are also
 * found in the fallback folders.
 */
export const localFiles = (
  vault: string,
  pathOf: (uri: string) => string,
  fallbackFolders: readonly string[] = [],
): NewFiles => ({
  size: (uri) => sizeIfExists(pathOf(uri)),
  create: async (uri, name) => createCopy(pathOf(uri), await locatePicture(vault, fallbackFolders, name)),
  hasContentOf: async (uri, name) => sameFiles(pathOf(uri), await locatePicture(vault, fallbackFolders, name)),
});
