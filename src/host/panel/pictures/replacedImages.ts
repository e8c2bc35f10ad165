import { createHash, randomUUID } from "node:crypto";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { commands, l10n, type Memento, Uri, workspace } from "vscode";
import * as z from "zod/mini";
import { describeDiskError } from "../../../core/diskError.ts";
import { isStopped, LimnError } from "../../../core/errors.ts";
import { maxDrafts } from "../../draftImages/maxDrafts.ts";
import { canUndoReplaceKey } from "../../ids.ts";
import { readIfExists, replaceFile } from "../../storage/durableFile.ts";
import { replacedImagesKey } from "../../storage/storagePaths.ts";
import { errorMessage } from "../../ui/errorMessage.ts";
import { undefinedIfMissing } from "../../workspace/fileStat.ts";
import { overwriteFile } from "../../workspace/overwrite.ts";
import { shownPath } from "../../workspace/workspaceFolders.ts";

/** How many replacements of images can be undone in each workspace. */
const undoLimit = 20;

const replacementsSchema = z.array(
  z.object({
    uri: z.string(),
    /** Name of the backup file. */
    old: z.string().check(z.regex(/^[\w-]+$/)),
    /** SHA-256 of the new bytes. */
    fresh: z.string(),
    isDraft: z.optional(z.boolean()),
  }),
);

const hashOf = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

const noBackupError = (uri: Uri) =>
  new LimnError(
    "files",
    l10n.t("{0} was restored before, or too many other images were replaced since.", shownPath(uri)),
  );

/** Brings back drafts that were replaced while it recorded. */
export interface DraftRecording {
  /**
   * Undoes the replacement of each of these files. Those that cannot be restored stay as they are.
   * A `LimnError` says why of the first of them, but not of those that the user declined.
   */
  undo(files: readonly Uri[]): Promise<void>;
  /** Ends the recording; `undo` still works. */
  dispose(): void;
}

/**
 * Image files that were overwritten, with backups of their old bytes. VS Code has no undo for
 * binary files: undoing a `WorkspaceEdit` that overwrites a file deletes it (measured in 1.139). So
 * Limn has its own undo, which also works after a restart.
 */
export class ReplacedImages {
  /** How many replacements of images can be undone. */
  readonly undoLimit = undoLimit;
  readonly #state: Memento;
  readonly #folder: string;
  /** Of each recording, the first backup of a file, by its URI. */
  readonly #recordings = new Set<Map<string, string>>();

  constructor(state: Memento, folder: string) {
    this.#state = state;
    this.#folder = folder;
    this.#updateContextKey();
  }

  /**
   * Overwrites a file. Returns a function that undoes this replacement; it throws a `LimnError` if
   * it was undone before, or too many others came after it.
   *
   * @param isDraft whether the file is a draft, whose backups remove none of pictures.
   */
  async replace(uri: Uri, bytes: Uint8Array, isDraft = false): Promise<() => Promise<void>> {
    // The backup and its entry are stored before, so that a killed process loses nothing.
    const backupName = randomUUID();
    await this.#backUp(uri, backupName);
    const entry = { uri: uri.toString(), old: backupName, fresh: hashOf(bytes), isDraft };
    await this.#writeEntries([...this.#readEntries(), entry]);
    try {
      await overwriteFile(uri, bytes);
    } catch (error) {
      await this.#removeEntry(backupName);
      throw error;
    }
    const ofThisKind = this.#readEntries().filter((one) => (one.isDraft === true) === isDraft);
    for (const { old: oldestBackup } of ofThisKind.slice(0, isDraft ? -maxDrafts : -undoLimit)) {
      await this.#removeEntry(oldestBackup);
    }
    for (const backups of isDraft ? this.#recordings : []) {
      backups.set(entry.uri, backups.get(entry.uri) ?? backupName);
    }
    return () => this.#undoThisReplacement(uri, backupName);
  }

  /** Records the drafts that are replaced from now on. */
  recordDrafts(): DraftRecording {
    const backups = new Map<string, string>();
    this.#recordings.add(backups);
    return {
      undo: (files) => this.#undoDrafts(files, backups),
      dispose: () => void this.#recordings.delete(backups),
    };
  }

  async #undoDrafts(files: readonly Uri[], backups: ReadonlyMap<string, string>): Promise<void> {
    const errors: unknown[] = [];
    for (const uri of files.toReversed()) {
      try {
        const backupName = backups.get(uri.toString());
        if (backupName === undefined) {
          // Such as a draft that was deleted while its picture was made.
          throw new LimnError(
            "files",
            l10n.t("{0} has not replaced a draft, so it was left as it is.", shownPath(uri)),
          );
        }
        await this.#undoThisReplacement(uri, backupName);
      } catch (error) {
        errors.push(error);
      }
    }
    const cause = errors.find((error) => !isStopped(error));
    if (cause !== undefined) {
      const restored = files.length - errors.length;
      const sentence = l10n.t("Restored {0} of {1} drafts. {2}", restored, files.length, errorMessage(cause));
      throw new LimnError("files", sentence, { cause });
    }
  }

  async #backUp(uri: Uri, backupName: string): Promise<void> {
    const old = await workspace.fs.readFile(uri);
    try {
      await replaceFile(join(this.#folder, backupName), old);
    } catch (error) {
      const sentence = l10n.t(
        "{0} was left as it is, because it could not be saved for Undo. {1}",
        ...[shownPath(uri), describeDiskError(error)],
      );
      throw new LimnError("files", sentence, { cause: error });
    }
  }

  /** Throws a `LimnError` if it was undone before, or too many others came after it. */
  async #undoThisReplacement(uri: Uri, backupName: string): Promise<void> {
    if (!this.#readEntries().some(({ old }) => old === backupName)) {
      throw noBackupError(uri);
    }
    await this.#undoReplacement(backupName);
  }

  /** Undoes the last replacement; throws a `LimnError` if there is none or the file has changed. */
  async undo(): Promise<void> {
    for (let last = this.#readEntries().at(-1); last !== undefined; last = this.#readEntries().at(-1)) {
      if (await this.#undoReplacement(last.old)) {
        return;
      }
    }
    throw new LimnError("files", l10n.t("There is no replaced image to restore."));
  }

  /**
   * Resolves to `false` if there is nothing to undo: the process was killed before it overwrote the
   * file, or the entry does not exist.
   */
  async #undoReplacement(backupName: string): Promise<boolean> {
    const entries = this.#readEntries();
    const entry = entries.find(({ old }) => old === backupName);
    if (entry === undefined) {
      return false;
    }
    const isLast = entries.findLast((one) => one.uri === entry.uri) === entry;
    const uri = Uri.parse(entry.uri);
    const bytes = await readIfExists(join(this.#folder, backupName));
    // A missing file is written again, with what was there last. An unreadable one may have
    // changed, so this throws.
    const now = await undefinedIfMissing(workspace.fs.readFile(uri));
    const hash = now && hashOf(now);
    if (bytes === undefined || (hash === undefined ? !isLast : hash !== entry.fresh)) {
      await this.#removeEntry(backupName);
      if (bytes !== undefined && hash === hashOf(bytes)) {
        return false;
      }
      throw new LimnError("files", l10n.t("{0} has been changed since, so it was left as it is.", shownPath(uri)));
    }
    await overwriteFile(uri, bytes);
    await this.#removeEntry(backupName);
    return true;
  }

  /** Removes the entry before the backup, so that no entry names a missing backup. */
  async #removeEntry(backupName: string): Promise<void> {
    await this.#writeEntries(this.#readEntries().filter(({ old }) => old !== backupName));
    await rm(join(this.#folder, backupName), { force: true });
  }

  #readEntries(): z.infer<typeof replacementsSchema> {
    return replacementsSchema.safeParse(this.#state.get(replacedImagesKey)).data ?? [];
  }

  async #writeEntries(entries: z.infer<typeof replacementsSchema>): Promise<void> {
    await this.#state.update(replacedImagesKey, entries);
    this.#updateContextKey();
  }

  #updateContextKey(): void {
    void commands.executeCommand("setContext", canUndoReplaceKey, this.#readEntries().length > 0);
  }
}
