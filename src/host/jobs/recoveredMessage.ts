// Entry of dist/recoveredMessage.js, which is loaded when resumed jobs have brought something.
import "../ui/l10nBundle.ts";
import { commands, l10n, Uri } from "vscode";
import type { FileForTarget } from "../export/groupForExport.ts";
import { targetActions } from "../export/targetActions.ts";
import type { CommandId } from "../ids.ts";
import type { Services } from "../services.ts";
import { maxListedNames } from "../ui/lists.ts";
import { type NotificationAction, notify } from "../ui/notify.ts";
import { shownPath } from "../workspace/workspaceFolders.ts";
import type { RecoveryResult } from "./recoveryResult.ts";

const showUnfinishedJobs: CommandId = "limn.showUnfinishedJobs";

const fetchedCount = (results: readonly RecoveryResult[], isPaid: boolean): number =>
  results.reduce((total, one) => (one.isPaid === isPaid ? total + one.fetched : total), 0);

function fetchedText(results: readonly RecoveryResult[]): string[] {
  const [paid, free] = [fetchedCount(results, true), fetchedCount(results, false)];
  return [
    ...(paid === 1 ? [l10n.t("1 picture that you paid for was fetched.")] : []),
    ...(paid > 1 ? [l10n.t("{0} pictures that you paid for were fetched.", paid)] : []),
    ...(free === 1 ? [l10n.t("1 picture from the sandbox was fetched.")] : []),
    ...(free > 1 ? [l10n.t("{0} pictures from the sandbox were fetched.", free)] : []),
  ];
}

function savedText(files: readonly Uri[]): string[] {
  const names = files
    .slice(0, maxListedNames)
    .map((file) => shownPath(file))
    .join(", ");
  if (files.length > maxListedNames) {
    return [l10n.t("Saved {0} and {1} more.", names, files.length - maxListedNames)];
  }
  return files.length > 0 ? [l10n.t("Saved {0}.", names)] : [];
}

/**
 * The saved pictures that are for a target. Its files are written by a button only: at a start, no
 * question about files that exist may come.
 */
const filesForTargets = (results: readonly RecoveryResult[]): readonly FileForTarget[] =>
  results.flatMap(({ saved, exportTarget: target }) =>
    target === undefined ? [] : saved.map((uri) => ({ target, uri: Uri.parse(uri) })),
  );

/**
 * Shows one notification about resumed jobs. If the panel is visible, it shows what needs attention
 * itself.
 */
export async function notifyRecovered(
  services: Services,
  results: readonly RecoveryResult[],
  isPanelVisible: boolean,
): Promise<void> {
  const files = results.flatMap(({ saved }) => saved).map((uri) => Uri.parse(uri));
  const attentionCount = isPanelVisible ? 0 : results.filter(({ needsAttention }) => needsAttention).length;
  const fetched = fetchedText(results);
  const text = [
    ...(fetched.length === 0 && files.length > 0 ? [l10n.t("A job of an earlier session is done.")] : fetched),
    ...savedText(files),
    ...(attentionCount > 0 ? [l10n.t("Jobs of earlier sessions that need attention: {0}", attentionCount)] : []),
  ].join(" ");
  const [first] = files;
  const actions: NotificationAction[] = [
    ...(await targetActions(services, filesForTargets(results))),
    ...(first === undefined
      ? []
      : [{ label: l10n.t("Reveal"), run: () => commands.executeCommand("revealInExplorer", first) }]),
    ...(first === undefined && results.some(({ fetched }) => fetched > 0)
      ? [{ label: l10n.t("Show Pictures"), run: () => services.revealPictures.fire() }]
      : []),
    ...(attentionCount > 0
      ? [{ label: l10n.t("Show Unfinished Jobs"), run: () => commands.executeCommand(showUnfinishedJobs) }]
      : []),
  ];
  if (text !== "") {
    await notify(text, ...actions);
  }
}
