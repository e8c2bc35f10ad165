import { readdir, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { JournalPort, VaultPort } from "../../core/ports.ts";
import type { JobMarkers } from "../jobs/jobMarkers.ts";
import { encodeCheckedLines, readCheckedLines } from "./checkedLines.ts";
import { readIfExists, replaceFile, sizeIfExists, writeStreamToFile } from "./durableFile.ts";
import {
  listFallbackFiles,
  locatePicture,
  removeFromFallbackFolders,
  writeToFallbackFolder,
} from "./fallbackFolder.ts";
import { undefinedIfNotFound } from "./fileError.ts";
import { FileVersions } from "./fileVersions.ts";

const extension = ".json";

/** Records for later processes which jobs are unfinished; see `JobMarkers`. */
type JobMarkerWriter = Pick<JobMarkers, "mark" | "clear">;

/** Where the journal is. */
export interface JournalPaths {
  /** Folder of the job files. */
  readonly folder: string;
  readonly indexFile: string;
}

/** The journal in a folder: one JSON file per job, and the index. */
export function createJournalPort({ folder, indexFile }: JournalPaths, markers?: JobMarkerWriter): JournalPort {
  const path = (id: string) => join(folder, `${id}${extension}`);
  const versions = new FileVersions(folder);
  return {
    async list() {
      const names = (await undefinedIfNotFound(readdir(folder))) ?? [];
      return names.filter((name) => name.endsWith(extension)).map((name) => name.slice(0, -extension.length));
    },
    async read(id) {
      const bytes = await readIfExists(path(id));
      return bytes === undefined ? undefined : new TextDecoder().decode(bytes);
    },
    version: (id) => versions.of(`${id}${extension}`),
    versions: (ids) => versions.ofMany(ids.map((id) => `${id}${extension}`)),
    listVersion: () => versions.ofAll(),
    async write(id, text, pending) {
      // A marker without a job costs a scan; a job without a marker could be missed at the next
      // start.
      if (pending) {
        await markers?.mark(id);
      }
      await replaceFile(path(id), text);
      if (!pending) {
        await markers?.clear(id).catch(() => undefined);
      }
    },
    async remove(id) {
      await rm(path(id), { force: true });
      await markers?.clear(id).catch(() => undefined);
    },
    readIndex: () => readCheckedLines(indexFile),
    writeIndex: (lines) => writeStreamToFile(dirname(indexFile), encodeCheckedLines(lines), () => basename(indexFile)),
    removeIndex: () => rm(indexFile, { force: true }),
  };
}

/** The vault in a folder. Files that it cannot take go to the first fallback folder that can. */
export const createVaultPort = (folder: string, fallbackFolders: readonly string[] = []): VaultPort => ({
  async write(chunks, name) {
    await writeStreamToFile(folder, chunks, name);
    await removeFromFallbackFolders(fallbackFolders, name());
  },
  writeToFallbackFolder: (chunks, name) => writeToFallbackFolder(fallbackFolders, chunks, name),
  listFallbackFiles: () => listFallbackFiles(fallbackFolders),
  list: async () => new Set(await undefinedIfNotFound(readdir(folder))),
  read: async (name) => readIfExists(await locatePicture(folder, fallbackFolders, name)),
  has: async (name) => (await sizeIfExists(await locatePicture(folder, fallbackFolders, name))) !== undefined,
});
