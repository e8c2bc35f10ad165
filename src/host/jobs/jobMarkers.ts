import { rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { makeFolder, syncFolder } from "../storage/durableFolder.ts";
import { hasCode } from "../storage/fileError.ts";
import type { JobMarker, JobMarkerFolder } from "./jobMarkerFolder.ts";

/** Makes and removes the markers of open jobs; see `OpenJobs`. */
export class JobMarkers {
  readonly #folder: JobMarkerFolder;

  constructor(folder: JobMarkerFolder) {
    this.#folder = folder;
  }

  async #markersOf(id: string): Promise<readonly JobMarker[]> {
    return (await this.#folder.list()).filter((marker) => marker.id === id);
  }

  /** Makes the folder, which tells that there is a marker for every open job. */
  createFolder(): Promise<void> {
    return makeFolder(this.#folder.path);
  }

  /** Makes a marker for a job of this window, unless there is one; a power cut does not undo it. */
  async mark(id: string): Promise<void> {
    if ((await this.#markersOf(id)).length === 0) {
      await this.createFolder();
      const name = this.#folder.ownName(id);
      this.#folder.addOwn(name);
      await writeFile(join(this.#folder.path, name), "");
      await syncFolder(this.#folder.path);
    }
  }

  /** Removes the markers of a job that is at its end. One that stays does no harm. */
  async clear(id: string): Promise<void> {
    for (const { name } of await this.#markersOf(id)) {
      await rm(join(this.#folder.path, name), { force: true });
    }
  }

  /**
   * Makes a job this window's own that no open window follows. Resolves to `false` if it is
   * somebody's: another window's, or this one's, where the user may have stopped waiting for it.
   */
  async claim(id: string): Promise<boolean> {
    for (const marker of await this.#markersOf(id)) {
      if (!(await this.#folder.isAbandoned(marker)) || !(await this.#takeOver(marker))) {
        return false;
      }
    }
    await this.mark(id);
    return true;
  }

  /** Of several windows that try at the same moment, one succeeds. */
  async #takeOver({ id, name }: JobMarker): Promise<boolean> {
    const own = this.#folder.ownName(id);
    try {
      await rename(join(this.#folder.path, name), join(this.#folder.path, own));
      this.#folder.addOwn(own);
      return true;
    } catch (error) {
      if (hasCode(error, "ENOENT")) {
        return false;
      }
      throw error;
    }
  }

  /** Removes abandoned markers of jobs for which `isOver` says that nothing is left to do. */
  async removeStale(isOver: (id: string) => boolean): Promise<void> {
    for (const marker of await this.#folder.list()) {
      if (isOver(marker.id) && (await this.#folder.isAbandoned(marker))) {
        await rm(join(this.#folder.path, marker.name), { force: true });
      }
    }
  }
}
