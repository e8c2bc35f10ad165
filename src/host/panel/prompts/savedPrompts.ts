import { createHash } from "node:crypto";
import { Disposable, l10n, RelativePattern, Uri, workspace } from "vscode";
import { LimnError } from "../../../core/errors.ts";
import type { LogPort } from "../../../core/ports.ts";
import {
  emptyLibrary,
  formatLibrary,
  type NamedPrompt,
  type PromptLibrary,
  parseLibrary,
  putPrompt,
} from "../../../core/request/prompts.ts";
import { fileSize } from "../../workspace/fileStat.ts";
import { overwriteFile } from "../../workspace/overwrite.ts";
import { readRegularFile } from "../../workspace/readRegularFile.ts";
import { symlinkEscape } from "../../workspace/symlinkEscape.ts";
import { shownPath } from "../../workspace/workspaceFolders.ts";

/** Bytes of a file of prompts that is read. */
const maxFileBytes = 1_000_000;

/** Where a repository keeps its prompts, from the workspace folder on. */
export const sharedPromptsPath = ".limn/prompts.json";

/** A file of prompts: the person's own, or one of a repository. */
export interface PromptFile {
  readonly uri: Uri;
  /** Name of the workspace folder; absent for the person's own. */
  readonly folder?: string;
}

/** A saved prompt, and where it lies. */
export interface SavedPrompt extends NamedPrompt {
  readonly id: string;
  readonly file: PromptFile;
}

const promptId = ({ uri }: PromptFile, name: string): string =>
  createHash("sha256").update(`${uri.toString()}\n${name}`).digest("hex").slice(0, 32);

const unreadableFileError = (uri: Uri, cause?: unknown) =>
  new LimnError(
    "files",
    l10n.t("{0} is not a list of prompts that Limn can read. Correct the file, or move it away.", shownPath(uri)),
    { cause },
  );

/**
 * The file's text, in bounds; `undefined` where it is too large, or a link out of its repository:
 * that is not the repository's to share.
 */
async function readText(uri: Uri): Promise<string | undefined> {
  try {
    const bytes = (await symlinkEscape(uri)) === undefined ? await readRegularFile(uri, maxFileBytes) : undefined;
    return bytes && new TextDecoder().decode(bytes);
  } catch (cause) {
    throw unreadableFileError(uri, cause);
  }
}

/**
 * Reads a file of prompts; an absent one is empty. Throws a `LimnError` where it cannot be read as
 * one.
 */
async function readPromptFile({ uri }: PromptFile): Promise<PromptLibrary> {
  if ((await fileSize(uri.toString())) === undefined) {
    return emptyLibrary;
  }
  const text = await readText(uri);
  const library = text === undefined ? undefined : parseLibrary(text);
  if (library === undefined) {
    throw unreadableFileError(uri);
  }
  return library;
}

const writePromptFile = ({ uri }: PromptFile, library: PromptLibrary): Promise<void> =>
  overwriteFile(uri, formatLibrary(library));

/** Prompts under a name: the person's own, and those of the repositories that are open. */
export class SavedPrompts {
  readonly #ownFile: PromptFile;
  readonly #log: LogPort;
  readonly #listeners = new Set<() => void>();
  readonly #foldersListener: Disposable;
  #prompts: readonly SavedPrompt[] = [];
  #loadQueue: Promise<void> = Promise.resolve();
  /** Set-up of watchers, again where folders come or go. */
  #fileWatchers: Disposable = Disposable.from();

  constructor(ownUri: Uri, log: LogPort) {
    this.#ownFile = { uri: ownUri };
    this.#log = log;
    this.#foldersListener = workspace.onDidChangeWorkspaceFolders(() => this.#watch());
    this.#watch();
  }

  get all(): readonly SavedPrompt[] {
    return this.#prompts;
  }

  /** Where a prompt can be saved: for the person first, then in each repository. */
  get files(): readonly PromptFile[] {
    const folders = workspace.workspaceFolders ?? [];
    return [
      this.#ownFile,
      ...folders.map(({ uri, name }) => ({ uri: Uri.joinPath(uri, ...sharedPromptsPath.split("/")), folder: name })),
    ];
  }

  /**
   * Reads all files anew, once those who asked before are served: what was read last stands. A file
   * that cannot be read is left out, and the log says why.
   */
  load(): Promise<void> {
    const read = () => this.#readAll();
    this.#loadQueue = this.#loadQueue.then(read, read);
    return this.#loadQueue;
  }

  async #readAll(): Promise<void> {
    const read = async (file: PromptFile): Promise<readonly SavedPrompt[]> => {
      try {
        const { prompts } = await readPromptFile(file);
        return prompts.map(({ name, text }) => ({ id: promptId(file, name), name, text, file }));
      } catch (error) {
        this.#log.warn(`Saved prompts are left out: ${error instanceof Error ? error.message : String(error)}`);
        return [];
      }
    };
    this.#prompts = (await Promise.all(this.files.map(read))).flat();
    for (const listener of this.#listeners) {
      listener();
    }
  }

  /**
   * Puts a prompt in place of the one named `old`, adds it, or removes that one; starts from what
   * is in the file now.
   */
  async update(file: PromptFile, oldName: string | undefined, prompt?: NamedPrompt): Promise<void> {
    await writePromptFile(file, putPrompt(await readPromptFile(file), oldName, prompt));
    await this.load();
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  dispose(): void {
    this.#foldersListener.dispose();
    this.#fileWatchers.dispose();
    this.#listeners.clear();
  }

  #watch(): void {
    this.#fileWatchers.dispose();
    const reload = () => void this.load();
    const watchers = (workspace.workspaceFolders ?? []).flatMap((folder) => {
      const watcher = workspace.createFileSystemWatcher(new RelativePattern(folder, sharedPromptsPath));
      return [watcher, watcher.onDidChange(reload), watcher.onDidCreate(reload), watcher.onDidDelete(reload)];
    });
    this.#fileWatchers = Disposable.from(...watchers);
  }
}
