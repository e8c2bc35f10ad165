import { type FSWatcher, watch } from "node:fs";
import { mkdir, readdir } from "node:fs/promises";
import { join } from "node:path";
import { Listeners } from "../../../core/listeners.ts";
import type { LogPort } from "../../../core/ports.ts";
import { sizeIfExists } from "../../storage/durableFile.ts";

/** Names and sizes of the files in one of Limn's folders: read once, then updated file by file. */
export class FolderIndex {
  readonly folder: string;
  readonly #log: LogPort;
  readonly #sizes = new Map<string, number>();
  readonly #listeners: Listeners;
  #bytes = 0;
  #opening: Promise<void> | undefined;
  #watcher: FSWatcher | undefined;

  constructor(folder: string, log: LogPort) {
    this.folder = folder;
    this.#log = log;
    this.#listeners = new Listeners((error) => log.warn(`A listener of ${folder} failed: ${String(error)}`));
  }

  /** Reads the folder and starts to watch it. Further calls return the same promise. */
  open(): Promise<void> {
    this.#opening ??= this.#readAndWatch();
    return this.#opening;
  }

  /** Whether the folder has a file of this name. */
  has(name: string): boolean {
    return this.#sizes.has(name);
  }

  /** Size of a file in bytes; 0 if there is none. */
  sizeOf(name: string): number {
    return this.#sizes.get(name) ?? 0;
  }

  /** Size of all files in bytes. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Updates one file at once, for code that has just written or deleted it. */
  async refreshFile(name: string): Promise<void> {
    if (await this.#updateSize(name)) {
      this.#listeners.notify();
    }
  }

  /** Reads the size of a file; resolves to whether it has changed. */
  async #updateSize(name: string): Promise<boolean> {
    const size = await sizeIfExists(join(this.folder, name));
    if (size === this.#sizes.get(name)) {
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
  onChange(listener: () => void): () => void {
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
    try {
      this.#watcher = watch(this.folder, { persistent: false }, (_, name) => onFileChange(name));
      this.#watcher.on("error", (error) => this.#log.warn(`${this.folder} is not watched any more: ${String(error)}`));
    } catch (error) {
      this.#log.warn(`${this.folder} cannot be watched: ${String(error)}`);
    }
    const names = (await readdir(this.folder)).filter((name) => !name.startsWith("."));
    await Promise.all(names.map((name) => this.#updateSize(name)));
    this.#listeners.notify();
  }
}
