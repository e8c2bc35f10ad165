import { rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { makeFolder, syncFolder } from "./durableFolder.ts";
import { hasCode } from "./fileError.ts";
import type { Marker, OpenJobs } from "./openJobs.ts";

/** Makes and removes the markers of open jobs; see `OpenJobs`. */
export class Markers {
  readonly #open: OpenJobs;

  constructor(open: OpenJobs) {
    this.#open = open;
  }

  async #of(id: string): Promise<readonly Marker[]> {
    return (await this.#open.list()).filter((marker) => marker.id === id);
  }

  /** Makes the folder, which tells that there is a marker for every open job. */
  prepare(): Promise<void> {
    return makeFolder(this.#open.folder);
  }

  /** Makes a marker for a job of this window, unless there is one; a power cut does not undo it. */
  async mark(id: string): Promise<void> {
    if ((await this.#of(id)).length === 0) {
      await this.prepare();
      const name = this.#open.ownName(id);
      this.#open.noteOwn(name);
      await writeFile(join(this.#open.folder, name), "");
      await syncFolder(this.#open.folder);
    }
  }

  /** Removes the markers of a job that is at its end. One that stays does no harm. */
  async clear(id: string): Promise<void> {
    for (const { name } of await this.#of(id)) {
      await rm(join(this.#open.folder, name), { force: true });
    }
  }

  /**
   * Makes a job this window's own that no open window follows. Resolves to `false` if it is somebody's: another window's, or this one's, where
   * the user may have stopped waiting for it.
   */
  async claim(id: string): Promise<boolean> {
    for (const marker of await this.#of(id)) {
      if (!(await this.#open.isAbandoned(marker)) || !(await this.#takeOver(marker))) {
        return false;
      }
    }
    await this.mark(id);
    return true;
  }

  /** Of several windows that try at the same moment, one succeeds. */
  async #takeOver({ id, name }: Marker): Promise<boolean> {
    const own = this.#open.ownName(id);
    try {
      await rename(join(this.#open.folder, name), join(this.#open.folder, own));
      this.#open.noteOwn(own);
      return true;
    } catch (error) {
      if (hasCode(error, "ENOENT")) {
        return false;
      }
      throw error;
    }
  }

  /** Removes abandoned markers of jobs for which `isOver` says that nothing is left to do. */
  async clearStale(isOver: (id: string) => boolean): Promise<void> {
    for (const marker of await this.#open.list()) {
      if (isOver(marker.id) && (await this.#open.isAbandoned(marker))) {
        await rm(join(this.#open.folder, marker.name), { force: true });
      }
    }
  }
}
