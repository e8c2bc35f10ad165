import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { JournalPort, VaultPort } from "../core/ports.ts";
import { readIfThere, receiveFile, replaceFile, sizeIfThere } from "./durableFile.ts";
import { hasCode } from "./fileError.ts";
import type { Markers } from "./markers.ts";
import { leaveRefuge, listRefuges, locate, writeToRefuge } from "./refuge.ts";

const extension = ".json";

/** Tells later processes which jobs are not at their end; see `Markers`. */
type JobMarkers = Pick<Markers, "mark" | "clear">;

/** The journal in a folder: one JSON file per job. */
export function journalIn(folder: string, markers?: JobMarkers): JournalPort {
  const path = (id: string) => join(folder, `${id}${extension}`);
  return {
    async list() {
      try {
        const names = await readdir(folder);
        return names.filter((name) => name.endsWith(extension)).map((name) => name.slice(0, -extension.length));
      } catch (error) {
        if (hasCode(error, "ENOENT")) {
          return [];
        }
        throw error;
      }
    },
    async read(id) {
      const bytes = await readIfThere(path(id));
      return bytes === undefined ? undefined : new TextDecoder().decode(bytes);
    },
    async write(id, text, pending) {
      // A marker without a job costs a look; a job without a marker could be missed at the next start.
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
  };
}

/** The vault in a folder: plain files. Those it cannot take go to the first of the refuges that can. */
export const vaultIn = (folder: string, refuges: readonly string[] = []): VaultPort => ({
  async write(chunks, name) {
    await receiveFile(folder, chunks, name);
    await leaveRefuge(refuges, name());
  },
  rescue: (chunks, name) => writeToRefuge(refuges, chunks, name),
  stranded: () => listRefuges(refuges),
  read: async (name) => readIfThere(await locate(folder, refuges, name)),
  has: async (name) => (await sizeIfThere(await locate(folder, refuges, name))) !== undefined,
});
