import { type FSWatcher, watch } from "node:fs";
import { mkdir, readdir } from "node:fs/promises";
import { join } from "node:path";
import { Listeners } from "../../../core/listeners.ts";
import type { LogPort } from "../../../core/ports.ts";
import { unreadableFolderError } from "../../../core/unreadableFolder.ts";
import { sizeIfExists } from "../../storage/durableFile.ts";

/** How many sizes are read at once. */
const sizesAtOnce = 32;

/** Called with the names of files that appeared or disappeared; without, if any may have. */
export type FolderListener = (names?: readonly string[]) => void;

/**
 * Names and sizes of the files in one of Limn's folders: the names are read once, the sizes when
 * they are asked for, and both are then updated file by file.
 */
export class FolderIndex {
  readonly folder: string;
  readonly #log: LogPort;
  /** 0 until the size is read. */
  readonly #sizes = new Map<string, number>();
  readonly #listeners: Listeners<Parameters<FolderListener>>;
  #bytes = 0;
  #hasSizes = false;
  #opening: Promise<void> | undefined;
  #sizing: Promise<void> | undefined;
  #watcher: FSWatcher | undefined;

  constructor(folder: string, log: LogPort) {
    this.folder = folder;
    this.#log = log;
    this.#listeners = new Listeners((error) => log.warn(`A listener of ${folder} failed: ${String(error)}`));
  }

  /**
   * Reads the names and starts to watch the folder. Further calls return the same promise, or try
   * again after an error, since the disk may have been repaired.
   */
  open(): Promise<void> {
    this.#opening ??= this.#readAndWatch().catch((cause: unknown) => {
      this.#opening = undefined;
      throw unreadableFolderError(this.#log, cause);
    });
    return this.#opening;
  }

  /** Reads the sizes, a few at a time. Further calls do as those of `open`. */
  readSizes(): Promise<void> {
    this.#sizing ??= this.#readSizes().catch((error: unknown) => {
      this.#sizing = undefined;
      throw error;
    });
    return this.#sizing;
  }

  /** Whether the folder has a file of this name. */
  has(name: string): boolean {
    return this.#sizes.has(name);
  }

  /** Size of a file in bytes; 0 if there is none, or if it was not read. */
  sizeOf(name: string): number {
    return this.#sizes.get(name) ?? 0;
  }

  /** Size of all files in bytes; `undefined` until all sizes are read. */
  get bytes(): number | undefined {
    return this.#hasSizes ? this.#bytes : undefined;
  }

  /** Updates one file at once, for code that has just written or deleted it. */
  async refreshFile(name: string): Promise<void> {
    if (await this.#updateFile(name)) {
      this.#listeners.notify([name]);
    }
  }

  /** Reads the size of a file; resolves to whether the file or its size has changed. */
  async #updateFile(name: string): Promise<boolean> {
    const size = await sizeIfExists(join(this.folder, name));
    const isNew = !this.has(name) && size !== undefined;
    if (!isNew && size === this.#sizes.get(name)) {
      return false;
    }
    this.#bytes += (size ?? 0) - this.sizeOf(name);
    if (size === undefined) {
      this.#sizes.delete(name);
    } else {
      this.#sizes.set(name, size);
    }
    return true;
  }

  /** Calls the listener on every change; returns the function that removes it. */
  onChange(listener: FolderListener): () => void {
    return this.#listeners.subscribe(listener);
  }

  dispose(): void {
    this.#watcher?.close();
  }

  async #readAndWatch(): Promise<void> {
    await mkdir(this.folder, { recursive: true });
    const onFileChange = (name: string | null) => {
      // A name that begins with a dot is that of a temporary file.
      if (name !== null && !name.startsWith(".")) {
        this.refreshFile(name).catch((error: unknown) =>
          this.#log.warn(`The file ${name} could not be checked: ${String(error)}`),
        );
      }
    };
    // Without a watcher, a file that the user deletes is shown until the next start.
    this.#watcher?.close();
    try {
      this.#watcher = watch(this.folder, { persistent: false }, (_, name) => onFileChange(name));
      this.#watcher.on("error", (error) => this.#log.warn(`${this.folder} is not watched any more: ${String(error)}`));
    } catch (error) {
      this.#log.warn(`${this.folder} cannot be watched: ${String(error)}`);
    }
    for (const name of await readdir(this.folder)) {
      if (!name.startsWith(".") && !this.has(name)) {
        this.#sizes.set(name, 0);
      }
    }
    this.#listeners.notify();
  }

  async #readSizes(): Promise<void> {
    await this.open();
    const names = [...this.#sizes.keys()];
    for (let start = 0; start < names.length; start += sizesAtOnce) {
      await Promise.all(names.slice(start, start + sizesAtOnce).map((name) => this.#updateFile(name)));
    }
    this.#hasSizes = true;
    this.#listeners.notify(names.filter((name) => !this.has(name)));
  }
}
