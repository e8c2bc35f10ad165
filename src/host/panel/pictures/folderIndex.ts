import { type FSWatcher, watch } from "node:fs";
import { mkdir, readdir } from "node:fs/promises";
import { join } from "node:path";
import type { LogPort } from "../../../core/ports.ts";
import { sizeIfExists } from "../../storage/durableFile.ts";

/**
 * What lies in a folder of Limn's own, and how large it is: read once, then kept up to date file by
 * file.
 */
export class FolderIndex {
  readonly folder: string;
  readonly #log: LogPort;
  readonly #sizes = new Map<string, number>();
  readonly #listeners = new Set<() => void>();
  #bytes = 0;
  #opening: Promise<void> | undefined;
  #watcher: FSWatcher | undefined;

  constructor(folder: string, log: LogPort) {
    this.folder = folder;
    this.#log = log;
  }

  /** Reads the folder and watches it from then on; another call waits for the first. */
  open(): Promise<void> {
    this.#opening ??= this.#readAndWatch();
    return this.#opening;
  }

  has(name: string): boolean {
    return this.#sizes.has(name);
  }

  /** Bytes of a file; 0 where there is none. */
  sizeOf(name: string): number {
    return this.#sizes.get(name) ?? 0;
  }

  /** Bytes of all files. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Looks at one file: whoever has just written or removed it need not wait for the watcher. */
  async refreshFile(name: string): Promise<void> {
    if (await this.#updateSize(name)) {
      this.#notifyListeners();
    }
  }

  /** Notes what is known of a file now; tells whether that is new. */
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

  #notifyListeners(): void {
    for (const listener of this.#listeners) {
      listener();
    }
  }

  /** Hears of every change; returns what ends it. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  dispose(): void {
    this.#watcher?.close();
    this.#listeners.clear();
  }

  async #readAndWatch(): Promise<void> {
    await mkdir(this.folder, { recursive: true });
    const onFileChange = (name: string | null) => {
      // Names that begin with a dot are files on their way.
      if (name !== null && !name.startsWith(".")) {
        this.refreshFile(name).catch((error: unknown) =>
          this.#log.warn(`${name} could not be looked at: ${String(error)}`),
        );
      }
    };
    // Without a watcher, what is deleted by hand stays in sight until the next start: no reason to
    // show nothing at all.
    try {
      this.#watcher = watch(this.folder, { persistent: false }, (_, name) => onFileChange(name));
      this.#watcher.on("error", (error) => this.#log.warn(`${this.folder} is not watched any more: ${String(error)}`));
    } catch (error) {
      this.#log.warn(`${this.folder} cannot be watched: ${String(error)}`);
    }
    const names = (await readdir(this.folder)).filter((name) => !name.startsWith("."));
    await Promise.all(names.map((name) => this.#updateSize(name)));
    this.#notifyListeners();
  }
}
