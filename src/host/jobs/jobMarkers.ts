import { rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { makeFolder, syncFolder } from "../storage/durableFolder.ts";
import { hasCode } from "../storage/fileError.ts";
import type { JobMarker, JobMarkerFolder } from "./jobMarkerFolder.ts";

/** Creates and deletes the markers of unfinished jobs; see `JobMarkerFolder`. */
export class JobMarkers {
  readonly #folder: JobMarkerFolder;

  constructor(folder: JobMarkerFolder) {
    this.#folder = folder;
  }

  async #markersOf(id: string): Promise<readonly JobMarker[]> {
    return (await this.#folder.list()).filter((marker) => marker.id === id);
  }

  /** Creates the folder. While it exists, every unfinished job has a marker. */
  createFolder(): Promise<void> {
    return makeFolder(this.#folder.path);
  }

  /** Creates a marker for a job of this window, unless the job has one. It survives a power cut. */
  async mark(id: string): Promise<void> {
    if ((await this.#markersOf(id)).length === 0) {
      await this.createFolder();
      const name = this.#folder.ownName(id);
      this.#folder.addOwn(name);
      await writeFile(join(this.#folder.path, name), "");
      await syncFolder(this.#folder.path);
    }
  }

  /** Deletes the markers of a finished job. A marker that is left does no harm. */
  async clear(id: string): Promise<void> {
    for (const { name } of await this.#markersOf(id)) {
      await rm(join(this.#folder.path, name), { force: true });
    }
  }

  /**
   * Claims a job that no open window follows. Resolves to `false` if another window follows it, or
   * if this one does: the user may have stopped waiting for it.
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

  /** If several windows try at the same moment, one succeeds. */
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

  /** Deletes abandoned markers of jobs that are finished, as `isOver` says. */
  async removeStale(isOver: (id: string) => boolean): Promise<void> {
    for (const marker of await this.#folder.list()) {
      if (isOver(marker.id) && (await this.#folder.isAbandoned(marker))) {
        await rm(join(this.#folder.path, marker.name), { force: true });
      }
    }
  }
}
