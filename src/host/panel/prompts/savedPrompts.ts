import { createHash } from "node:crypto";
import { type Disposable, l10n, Uri, workspace } from "vscode";
import { createConcurrencyLimit } from "../../../core/concurrencyLimit.ts";
import { LimnError } from "../../../core/errors.ts";
import { Listeners } from "../../../core/listeners.ts";
import type { LogPort } from "../../../core/ports.ts";
import {
  emptyLibrary,
  formatLibrary,
  type NamedPrompt,
  type PromptLibrary,
  parseLibrary,
  putPrompt,
} from "../../../core/request/promptLibrary.ts";
import { sharedPromptsPath } from "../../storage/storagePaths.ts";
import { fileSize } from "../../workspace/fileStat.ts";
import { overwriteFile } from "../../workspace/overwrite.ts";
import { readRegularFile } from "../../workspace/readRegularFile.ts";
import { symlinkEscape } from "../../workspace/symlinkEscape.ts";
import { watchWorkspaceFile } from "../../workspace/watchWorkspaceFile.ts";
import { shownPath } from "../../workspace/workspaceFolders.ts";

/** Maximum size of a prompt file that is read, in bytes. */
const maxFileBytes = 1_000_000;

/** A prompt file: the user's own, or the shared one of a workspace folder. */
export interface PromptFile {
  readonly uri: Uri;
  /** Name of the workspace folder; absent for the user's own file. */
  readonly folder?: string;
}

/** A saved prompt and its file. */
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

/** The text of a file; `undefined` if it is too large or a symlink out of its workspace folder. */
async function readText(uri: Uri): Promise<string | undefined> {
  try {
    const bytes = (await symlinkEscape(uri)) === undefined ? await readRegularFile(uri, maxFileBytes) : undefined;
    return bytes && new TextDecoder().decode(bytes);
  } catch (cause) {
    throw unreadableFileError(uri, cause);
  }
}

/** Reads a prompt file; a missing one is empty. Throws a `LimnError` if it is invalid. */
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

/** The user's own saved prompts, and the shared ones of the open workspace folders. */
export class SavedPrompts {
  readonly #ownFile: PromptFile;
  readonly #log: LogPort;
  readonly #listeners: Listeners;
  readonly #loadQueue = createConcurrencyLimit(1);
  #watcher: Disposable | undefined;
  #prompts: readonly SavedPrompt[] = [];

  constructor(ownUri: Uri, log: LogPort) {
    this.#ownFile = { uri: ownUri };
    this.#log = log;
    this.#listeners = new Listeners((error) => log.warn(`A listener of the saved prompts failed: ${String(error)}`));
  }

  /** The prompts as they were last read. */
  get all(): readonly SavedPrompt[] {
    return this.#prompts;
  }

  /** Where a prompt can be saved: first the user's own file, then those of workspace folders. */
  get files(): readonly PromptFile[] {
    const folders = workspace.workspaceFolders ?? [];
    return [
      this.#ownFile,
      ...folders.map(({ uri, name }) => ({ uri: Uri.joinPath(uri, ...sharedPromptsPath.split("/")), folder: name })),
    ];
  }

  /**
   * Reads all files again, and from then on when they change. Calls run one after the other, so
   * that the last read wins. A file that cannot be read is left out and logged.
   */
  load(): Promise<void> {
    this.#watcher ??= watchWorkspaceFile(sharedPromptsPath, () => void this.load());
    return this.#loadQueue(() => this.#readAll());
  }

  async #readAll(): Promise<void> {
    const read = async (file: PromptFile): Promise<readonly SavedPrompt[]> => {
      try {
        const { prompts } = await readPromptFile(file);
        return prompts.map(({ name, text }) => ({ id: promptId(file, name), name, text, file }));
      } catch (error) {
        this.#log.warn(`Saved prompts were left out: ${error instanceof Error ? error.message : String(error)}`);
        return [];
      }
    };
    this.#prompts = (await Promise.all(this.files.map(read))).flat();
    this.#listeners.notify();
  }

  /**
   * Replaces the prompt named `oldName`, or adds one if that is `undefined`; deletes it if there is
   * no new `prompt`. Reads the file again first.
   */
  async update(file: PromptFile, oldName: string | undefined, prompt?: NamedPrompt): Promise<void> {
    await writePromptFile(file, putPrompt(await readPromptFile(file), oldName, prompt));
    await this.load();
  }

  /** Calls the listener on every change; returns the function that removes it. */
  onChange(listener: () => void): () => void {
    return this.#listeners.subscribe(listener);
  }

  dispose(): void {
    this.#watcher?.dispose();
  }
}
