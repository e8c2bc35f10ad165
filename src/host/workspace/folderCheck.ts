// Entry of dist/folderCheck.js, which is loaded by the command that checks key and folders.
import "../ui/l10nBundle.ts";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { l10n, type Uri, window, workspace } from "vscode";
import { describeDiskError } from "../../core/diskError.ts";
import { setting } from "../settings.ts";
import { replaceFile } from "../storage/durableFile.ts";
import { jobsFolder, vaultFolder } from "../storage/storagePaths.ts";
import { escapeMarkup } from "../ui/escapeMarkup.ts";
import { checkWritable, parseSavePath } from "./saveLocation.ts";
import { shownPath } from "./workspaceFolders.ts";

/** Whether Limn can write to its folders, and a sentence about it. */
export interface FolderReport {
  readonly writable: boolean;
  readonly message: string;
}

/** Name of a file that is written and deleted at once. */
const probeName = "write-check.tmp";

/** Why one of Limn's own folders cannot be written; `undefined` if it can. */
async function storageFolderProblem(folder: string): Promise<string | undefined> {
  const file = join(folder, probeName);
  try {
    await replaceFile(file, "");
    await rm(file, { force: true });
    return undefined;
  } catch (error) {
    return l10n.t(
      "Limn cannot write to its own folder {0}. {1} Nothing can be bought until it can.",
      escapeMarkup(folder),
      describeDiskError(error),
    );
  }
}

/** The folder for new pictures, and why it cannot be used. */
async function proposedFolder(
  scopeUri: Uri,
): Promise<{ readonly folder: string; readonly problem?: string | undefined }> {
  const name = setting("folder", scopeUri);
  try {
    const { folder } = parseSavePath(`./${name}/`, setting("fileName", scopeUri), scopeUri);
    return { folder: shownPath(folder), problem: await checkWritable(folder) };
  } catch (error) {
    return { folder: name, problem: error instanceof Error ? error.message : String(error) };
  }
}

/**
 * Checks the folders that a purchase needs: Limn's own, by writing a file, and the one for new
 * pictures.
 *
 * @param storage Path of the storage folder.
 */
export async function checkFolders(storage: string): Promise<FolderReport> {
  for (const folder of [jobsFolder(storage), vaultFolder(storage)]) {
    const problem = await storageFolderProblem(folder);
    if (problem !== undefined) {
      return { writable: false, message: problem };
    }
  }
  const scopeUri = window.activeTextEditor?.document.uri ?? workspace.workspaceFolders?.[0]?.uri;
  if (scopeUri === undefined || workspace.workspaceFolders === undefined) {
    return { writable: true, message: l10n.t("Limn can write to its own folder. No folder is open for pictures.") };
  }
  const { folder, problem } = await proposedFolder(scopeUri);
  return problem === undefined
    ? { writable: true, message: l10n.t("Limn can write to {0} and to its own folder.", folder) }
    : {
        writable: false,
        message: l10n.t("Pictures cannot be saved in {0}, the folder that is set. {1}", folder, problem),
      };
}
