import { commands, l10n, Uri, type WorkspaceFolder, window, workspace } from "vscode";
import { describeDiskError } from "../../core/diskError.ts";
import type { LogPort } from "../../core/ports.ts";
import { type ProjectTargets, parseProjectTargets, targetsFileLimit } from "../../core/targets/projectTargets.ts";
import type { ExportTarget } from "../../core/targets/target.ts";
import { projectTargetsPath } from "../storage/storagePaths.ts";
import { notifyWarning } from "../ui/notify.ts";
import { undefinedIfMissing } from "../workspace/fileStat.ts";
import { readRegularFile } from "../workspace/readRegularFile.ts";
import { symlinkEscape, symlinkEscapeMessage } from "../workspace/symlinkEscape.ts";
import { shownPath } from "../workspace/workspaceFolders.ts";

/** The services that reading targets needs. */
export interface TargetServices {
  readonly log: Pick<LogPort, "info">;
}

async function readTargets(file: Uri): Promise<ProjectTargets> {
  try {
    const realPath = await symlinkEscape(file);
    if (realPath !== undefined) {
      return { problem: symlinkEscapeMessage(shownPath(file), realPath) };
    }
    const bytes = await readRegularFile(file, targetsFileLimit);
    return bytes === undefined
      ? { problem: l10n.t("It is larger than {0} kB.", targetsFileLimit / 1000) }
      : parseProjectTargets(new TextDecoder().decode(bytes));
  } catch (error) {
    return { problem: describeDiskError(error) };
  }
}

async function targetsOf(
  { log }: TargetServices,
  { uri }: WorkspaceFolder,
  warn: typeof notifyWarning,
): Promise<readonly ExportTarget[]> {
  const file = Uri.joinPath(uri, ...projectTargetsPath.split("/"));
  // A file system that cannot say whether it exists will fail the export itself, with its reason.
  if ((await undefinedIfMissing(workspace.fs.stat(file)).catch(() => undefined)) === undefined) {
    return [];
  }
  if (!workspace.isTrusted) {
    // The file decides names of files.
    const manage = {
      label: l10n.t("Manage Workspace Trust"),
      run: () => commands.executeCommand("workbench.trust.manage"),
    };
    void warn(l10n.t("{0} is not used in Restricted Mode.", shownPath(file)), manage);
    return [];
  }
  const read = await readTargets(file);
  if ("targets" in read) {
    return read.targets;
  }
  const open = { label: l10n.t("Open File"), run: () => window.showTextDocument(file) };
  const message = l10n.t(
    "The targets of {0} are not offered. {1} Correct the file and export again.",
    ...[shownPath(file), read.problem],
  );
  log.info(message);
  void warn(message, open);
  return [];
}

/**
 * The targets of projects. A file of targets that is not valid is reported with `warn`, and none of
 * its targets are returned. Never rejects.
 */
export async function projectTargets(
  services: TargetServices,
  folders: readonly WorkspaceFolder[],
  warn = notifyWarning,
): Promise<readonly ExportTarget[]> {
  return (await Promise.all(folders.map((folder) => targetsOf(services, folder, warn)))).flat();
}
