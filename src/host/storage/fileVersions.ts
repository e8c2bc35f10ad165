import { type BigIntStats, statSync } from "node:fs";
import { stat } from "node:fs/promises";
import { sep } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import { undefinedIfNotFound } from "./fileError.ts";

/**
 * Milliseconds after which another change of a folder always gets another time. FAT stores times in
 * steps of two seconds.
 */
const folderTimeMargin = 4000;

/**
 * Milliseconds for which many files are looked at without a pause. A local disk needs less for
 * hundreds; a slow one must not stop all extensions.
 */
const maxSyncMs = 5;

/**
 * Milliseconds for which a disk counts as slow after it was. A busy processor may look like a slow
 * disk, so it is tried again.
 */
const slowMs = 60_000;

/**
 * Versions of the files in a folder that are replaced, never changed: each replacement is a new
 * file. Two of them within the resolution of the clock may have the same time, but not the same
 * inode too.
 */
export class FileVersions {
  readonly #folder: string;
  /** Time of the newest file that was looked at; nanoseconds since the epoch. */
  #newest = 0n;
  /** Until when the disk counts as slow; milliseconds of `performance.now`. */
  #slowUntil = Number.NEGATIVE_INFINITY;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** The version of a file; `undefined` if there is none of this name. */
  async of(name: string): Promise<string | undefined> {
    return this.#versionOf(await undefinedIfNotFound(stat(this.#pathOf(name), { bigint: true })));
  }

  /**
   * The versions of some hundred files, in the same order. Handing a file to another thread and
   * back takes four times as much processor time as looking at it, so that is done only if the disk
   * is slow, or was in the last minute.
   */
  async ofMany(names: readonly string[]): Promise<(string | undefined)[]> {
    await nextTurn();
    const versions = performance.now() < this.#slowUntil ? [] : this.#lookAt(names);
    const rest = names.slice(versions.length);
    if (versions.length > 0 && rest.length > 0) {
      this.#slowUntil = performance.now() + slowMs;
    }
    return [...versions, ...(await Promise.all(rest.map((name) => this.of(name))))];
  }

  /** The versions of the first files, as many as can be looked at in `maxSyncMs`. */
  #lookAt(names: readonly string[]): (string | undefined)[] {
    const versions: (string | undefined)[] = [];
    for (const end = performance.now() + maxSyncMs; versions.length < names.length && performance.now() < end; ) {
      const path = this.#pathOf(names[versions.length] ?? "");
      versions.push(this.#versionOf(statSync(path, { bigint: true, throwIfNoEntry: false })));
    }
    return versions;
  }

  /** Thousands of calls of `join` would make megabytes of garbage. */
  #pathOf(name: string): string {
    return `${this.#folder}${sep}${name}`;
  }

  #versionOf(stats: BigIntStats | undefined): string | undefined {
    if (stats === undefined) {
      return undefined;
    }
    if (stats.mtimeNs > this.#newest) {
      this.#newest = stats.mtimeNs;
    }
    return `${stats.ino}-${stats.mtimeNs}-${stats.size}`;
  }

  /**
   * The version of all files: a folder gets a new time whenever a name in it appears, disappears or
   * gets another file. `undefined` if the time is so recent that a later change may get the same
   * one, or if it is older than a file, since some file systems never change it.
   */
  async ofAll(): Promise<string | undefined> {
    const stats = await undefinedIfNotFound(stat(this.#folder, { bigint: true }));
    const isCertain =
      stats !== undefined && stats.mtimeNs >= this.#newest && Date.now() - Number(stats.mtimeMs) > folderTimeMargin;
    return isCertain ? `${stats.ino}-${stats.mtimeNs}` : undefined;
  }
}
