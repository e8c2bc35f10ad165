import { renameSync } from "node:fs";
import { readdir, stat, utimes } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { undefinedIfNotFound } from "../storage/fileError.ts";
import { isProcessRunning } from "../storage/isProcessRunning.ts";
import { jobMarkersFolder, jobsFolder } from "../storage/storagePaths.ts";

/** Milliseconds between two scans for jobs whose window has closed. */
const scanInterval = 30_000;

/**
 * Milliseconds after which a marker that was not renewed is abandoned, because its process id may
 * have been reused.
 */
const markerTimeout = 3 * scanInterval;

/**
 * An unfinished job and the process that follows it. The process id is 0 if its window was closed.
 */
export interface JobMarker {
  readonly name: string;
  readonly id: string;
  readonly pid: number;
  readonly window: string;
  readonly host: string;
}

/** All data is in the name, so listing the folder is enough. */
const markerNamePattern = /^([\w-]+)\.(\d+)\.([\w-]+)\.([\w-]+)$/;

const markerName = ({ id, pid, window, host }: Omit<JobMarker, "name">): string => `${id}.${pid}.${window}.${host}`;

/** The markers among names of files. */
const markersOf = (names: Iterable<string>): readonly JobMarker[] =>
  [...names].flatMap((name) => {
    const [, id = "", pid, window = "", host = ""] = markerNamePattern.exec(name) ?? [];
    return pid === undefined ? [] : { name, id, pid: Number(pid), window, host };
  });

const listNames = (folder: string): Promise<readonly string[] | undefined> => undefinedIfNotFound(readdir(folder));

/**
 * The folder of markers: one empty file per unfinished job. It shows at the start of VS Code,
 * without reading job files, whether there is something to resume and which window does it. Markers
 * only save work: two windows that follow one job do no harm.
 *
 * `storage` is the path of the storage folder, `pid` the process that follows this window's jobs.
 * `ownName` returns the name of this window's marker for a job, `isAbandoned` whether the window
 * that follows a job has closed or crashed. `watch` scans now and at regular intervals, and calls
 * `onAbandoned` when there are jobs that no window follows; it resolves to whether the first scan
 * found some. `dispose` releases the jobs whose markers were recorded by `addOwn`, so that another
 * window takes them over. These comments are here because the build would copy those of members
 * into `startUp.js`, which every start loads.
 */
export class JobMarkerFolder {
  readonly path: string;
  readonly #jobsFolder: string;
  readonly #pid: number;
  #window: string | undefined;
  #host: string | undefined;
  readonly #ownNames = new Set<string>();
  #reportedNames: ReadonlySet<string> = new Set();
  #timer: NodeJS.Timeout | undefined;

  constructor(storage: string, pid: number = process.pid) {
    this.#pid = pid;
    this.path = jobMarkersFolder(storage);
    this.#jobsFolder = jobsFolder(storage);
  }

  // Most starts need neither of these two, since there is no marker.
  #ownWindow(): string {
    this.#window ??= crypto.randomUUID();
    return this.#window;
  }

  #ownHost(): string {
    this.#host ??= hostname()
      .replace(/[^\w-]/g, "_")
      .slice(0, 64);
    return this.#host;
  }

  ownName(id: string): string {
    return markerName({ id, pid: this.#pid, window: this.#ownWindow(), host: this.#ownHost() });
  }

  isOwn({ window }: JobMarker): boolean {
    return window === this.#ownWindow();
  }

  async list(): Promise<readonly JobMarker[]> {
    return markersOf((await listNames(this.path)) ?? []);
  }

  async isAbandoned(marker: JobMarker): Promise<boolean> {
    if (this.isOwn(marker)) {
      return false;
    }
    const { name, pid, host } = marker;
    // A process has one window, so the same process id in another window's marker was reused.
    if (pid === 0 || (host === this.#ownHost() && (pid === this.#pid || !isProcessRunning(pid)))) {
      return true;
    }
    const touched = await stat(join(this.path, name)).catch(() => undefined);
    return touched !== undefined && Math.abs(Date.now() - touched.mtimeMs) > markerTimeout;
  }

  watch(onAbandoned: () => void): Promise<boolean> {
    const scan = async (isFirst: boolean): Promise<boolean> => {
      // If the first scan fails, the job files have to be read.
      const isNeeded = await this.#scan(isFirst).catch(() => isFirst);
      if (isNeeded) {
        onAbandoned();
      }
      return isNeeded;
    };
    this.#timer = setInterval(() => void scan(false), scanInterval).unref();
    return scan(true);
  }

  async #scan(isFirst: boolean): Promise<boolean> {
    const names = await listNames(this.path);
    if (names === undefined) {
      // Earlier versions made no markers.
      return isFirst && ((await listNames(this.#jobsFolder)) ?? []).length > 0;
    }
    const markers = markersOf(names);
    const now = new Date();
    // Shows that this window is open. Fails silently if a job has finished meanwhile.
    const renew = ({ name }: JobMarker) => utimes(join(this.path, name), now, now).catch(() => undefined);
    await Promise.all(markers.filter((marker) => this.isOwn(marker)).map(renew));
    const abandoned = new Set<string>();
    for (const marker of markers) {
      if (await this.isAbandoned(marker)) {
        abandoned.add(marker.name);
      }
    }
    const before = this.#reportedNames;
    this.#reportedNames = abandoned;
    return [...abandoned].some((name) => !before.has(name));
  }

  addOwn(name: string): void {
    this.#ownNames.add(name);
  }

  dispose(): void {
    // All of it is synchronous, because VS Code does not wait for promises when it closes.
    clearInterval(this.#timer);
    for (const marker of markersOf(this.#ownNames)) {
      try {
        renameSync(join(this.path, marker.name), join(this.path, markerName({ ...marker, pid: 0 })));
      } catch {
        // The job has finished, or the next scan finds that this process has ended.
      }
    }
  }
}
