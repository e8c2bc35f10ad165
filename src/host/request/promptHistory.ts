import { l10n } from "vscode";
import * as z from "zod/mini";
import { createConcurrencyLimit } from "../../core/concurrencyLimit.ts";
import { describeDiskError } from "../../core/diskError.ts";
import { LimnError } from "../../core/errors.ts";
import type { LogPort } from "../../core/ports.ts";
import { historyLimit, type PastPrompt } from "../../core/request/promptHistory.ts";
import { readIfExists, replaceFile } from "../storage/durableFile.ts";

const schema = z.object({
  prompts: z.array(z.object({ text: z.string(), usedAt: z.number() })),
});

/**
 * Prompts of forgotten jobs. They stay in the history until the user removes them. All windows
 * share one file.
 */
export class PromptHistory {
  readonly #file: string;
  readonly #log: LogPort;
  #prompts: readonly PastPrompt[] = [];
  /** Reads and writes of this window run one after the other. */
  readonly #enqueue = createConcurrencyLimit(1);

  /** @param file Path of the file they are kept in. */
  constructor(file: string, log: LogPort) {
    this.#file = file;
    this.#log = log;
  }

  /** The prompts of the last reading, newest first. */
  get prompts(): readonly PastPrompt[] {
    return this.#prompts;
  }

  /** Reads the file again. One that cannot be read counts as empty, and the reason is logged. */
  load(): Promise<void> {
    return this.#enqueue(async () => {
      try {
        this.#prompts = await this.#read();
      } catch (error) {
        this.#prompts = [];
        this.#log.warn(`The prompts of forgotten jobs could not be read: ${String(error)}`);
      }
    });
  }

  /**
   * Adds a prompt; replaces an older one with the same text. Throws if the file cannot be read or
   * written.
   */
  add(text: string, usedAt: number): Promise<void> {
    return this.#update((prompts) =>
      [{ text, usedAt }, ...prompts.filter((prompt) => prompt.text !== text)]
        .sort((one, other) => other.usedAt - one.usedAt)
        .slice(0, historyLimit),
    );
  }

  /** Removes a prompt by its text. Throws if the file cannot be read or written. */
  remove(text: string): Promise<void> {
    return this.#update((prompts) => prompts.filter((prompt) => prompt.text !== text));
  }

  /** Reads the file first, because another window may have changed it. */
  #update(update: (prompts: readonly PastPrompt[]) => readonly PastPrompt[]): Promise<void> {
    return this.#enqueue(async () => {
      try {
        const prompts = update(await this.#read());
        await replaceFile(this.#file, JSON.stringify({ prompts }));
        this.#prompts = prompts;
      } catch (cause) {
        throw new LimnError(
          "files",
          l10n.t("The list of earlier prompts cannot be changed. {0}", describeDiskError(cause)),
          { cause },
        );
      }
    });
  }

  /** A damaged file counts as empty. Rejects if the disk fails: the prompts may still be there. */
  async #read(): Promise<readonly PastPrompt[]> {
    const bytes = await readIfExists(this.#file);
    try {
      return bytes === undefined ? [] : schema.parse(JSON.parse(new TextDecoder().decode(bytes))).prompts;
    } catch (error) {
      // The message of the error may have prompts.
      this.#log.warn(`The prompts of forgotten jobs are damaged: ${error instanceof Error ? error.name : "unknown"}`);
      return [];
    }
  }
}
