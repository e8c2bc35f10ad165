import { createHash } from "node:crypto";
import { Disposable, l10n, RelativePattern, Uri, workspace } from "vscode";
import { LimnError } from "../../core/errors.ts";
import type { LogPort } from "../../core/ports.ts";
import {
  emptyLibrary,
  formatLibrary,
  type Library,
  type NamedPrompt,
  parseLibrary,
  replacePrompt,
} from "../../core/prompts.ts";
import { overwriteFile } from "../overwrite.ts";
import { shownPath } from "../places.ts";
import { readPlainFile } from "../readPlainFile.ts";
import { wayOut } from "../wayOut.ts";
import { sizeOf } from "../workspaceFiles.ts";

/** Bytes of a file of prompts that is read. */
const sizeLimit = 1_000_000;

/** Where a repository keeps its prompts, from the workspace folder on. */
export const sharedPath = ".limn/prompts.json";

/** A file of prompts: the person's own, or one of a repository. */
export interface Shelf {
  readonly uri: Uri;
  /** Name of the workspace folder; absent for the person's own. */
  readonly folder?: string;
}

/** A saved prompt, and where it lies. */
export interface SavedPrompt extends NamedPrompt {
  readonly id: string;
  readonly shelf: Shelf;
}

const idOf = ({ uri }: Shelf, name: string): string =>
  createHash("sha256").update(`${uri.toString()}\n${name}`).digest("hex").slice(0, 32);

const unreadable = (uri: Uri, cause?: unknown) =>
  new LimnError(
    "files",
    l10n.t("{0} is not a list of prompts that Limn can read. Correct the file, or move it away.", shownPath(uri)),
    { cause },
  );

/** The file's text, in bounds; `undefined` where it is too large, or a link out of its repository: that is not the repository's to share. */
async function readText(uri: Uri): Promise<string | undefined> {
  try {
    const bytes = (await wayOut(uri)) === undefined ? await readPlainFile(uri, sizeLimit) : undefined;
    return bytes && new TextDecoder().decode(bytes);
  } catch (cause) {
    throw unreadable(uri, cause);
  }
}

/** Reads a file of prompts; an absent one is empty. Throws a `LimnError` where it cannot be read as one. */
async function readShelf({ uri }: Shelf): Promise<Library> {
  if ((await sizeOf(uri.toString())) === undefined) {
    return emptyLibrary;
  }
  const text = await readText(uri);
  const library = text === undefined ? undefined : parseLibrary(text);
  if (library === undefined) {
    throw unreadable(uri);
  }
  return library;
}

const writeShelf = ({ uri }: Shelf, library: Library): Promise<void> => overwriteFile(uri, formatLibrary(library));

/** Prompts under a name: the person's own, and those of the repositories that are open. */
export class SavedPrompts {
  readonly #own: Shelf;
  readonly #log: LogPort;
  readonly #listeners = new Set<() => void>();
  readonly #watcher: Disposable;
  #prompts: readonly SavedPrompt[] = [];
  #loading: Promise<void> = Promise.resolve();
  /** Set-up of watchers, again where folders come or go. */
  #watched: Disposable = Disposable.from();

  constructor(own: Uri, log: LogPort) {
    this.#own = { uri: own };
    this.#log = log;
    this.#watcher = workspace.onDidChangeWorkspaceFolders(() => this.#watch());
    this.#watch();
  }

  get all(): readonly SavedPrompt[] {
    return this.#prompts;
  }

  /** Where a prompt can be saved: for the person first, then in each repository. */
  get shelves(): readonly Shelf[] {
    const folders = workspace.workspaceFolders ?? [];
    return [
      this.#own,
      ...folders.map(({ uri, name }) => ({ uri: Uri.joinPath(uri, ...sharedPath.split("/")), folder: name })),
    ];
  }

  /**
   * Reads all files anew, once those who asked before are served: what was read last stands. A file that cannot be read is left out, and
   * the log says why.
   */
  load(): Promise<void> {
    const read = () => this.#read();
    this.#loading = this.#loading.then(read, read);
    return this.#loading;
  }

  async #read(): Promise<void> {
    const read = async (shelf: Shelf): Promise<readonly SavedPrompt[]> => {
      try {
        const { prompts } = await readShelf(shelf);
        return prompts.map(({ name, text }) => ({ id: idOf(shelf, name), name, text, shelf }));
      } catch (error) {
        this.#log.warn(`Saved prompts are left out: ${error instanceof Error ? error.message : String(error)}`);
        return [];
      }
    };
    this.#prompts = (await Promise.all(this.shelves.map(read))).flat();
    for (const listener of this.#listeners) {
      listener();
    }
  }

  /** Puts a prompt in place of the one named `old`, adds it, or removes that one; starts from what is in the file now. */
  async replace(shelf: Shelf, old: string | undefined, prompt?: NamedPrompt): Promise<void> {
    await writeShelf(shelf, replacePrompt(await readShelf(shelf), old, prompt));
    await this.load();
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  dispose(): void {
    this.#watcher.dispose();
    this.#watched.dispose();
    this.#listeners.clear();
  }

  #watch(): void {
    this.#watched.dispose();
    const hear = () => void this.load();
    const watchers = (workspace.workspaceFolders ?? []).flatMap((folder) => {
      const watcher = workspace.createFileSystemWatcher(new RelativePattern(folder, sharedPath));
      return [watcher, watcher.onDidChange(hear), watcher.onDidCreate(hear), watcher.onDidDelete(hear)];
    });
    this.#watched = Disposable.from(...watchers);
  }
}
