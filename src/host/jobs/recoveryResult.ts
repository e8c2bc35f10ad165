import { commands, l10n, Uri } from "vscode";
import { isUnfinished, type Job } from "../../core/jobs/job.ts";
import { usesRealMoney } from "../../core/money/realMoney.ts";
import type { Services } from "../services.ts";
import { maxListedNames } from "../ui/lists.ts";
import { type NotificationAction, notify } from "../ui/notify.ts";
import { uriKey } from "../workspace/fileUri.ts";
import { shownPath } from "../workspace/workspaceFolders.ts";
import { showUnfinishedJobs } from "./unfinishedJobs.ts";

/** The result of a resumed job. */
export interface RecoveryResult {
  /** Number of pictures that were added to the vault. */
  readonly fetched: number;
  /** URIs of the files that were saved. */
  readonly saved: readonly string[];
  readonly isPaid: boolean;
  /** Whether the user has to decide something. */
  readonly needsAttention: boolean;
}

/**
 * Compares a job before and after it was followed; `undefined` if nothing has changed for the user.
 */
export function recoveryResult(before: Job, after: Job): RecoveryResult | undefined {
  const storedBefore = new Set(before.pictures.filter(({ file }) => file !== undefined).map(({ id }) => id));
  const keptBefore = new Set(before.pictures.flatMap((picture) => picture.kept.map((uri) => uriKey(uri))));
  const fetched = after.pictures.filter(({ file, id }) => file !== undefined && !storedBefore.has(id)).length;
  const saved = after.pictures.flatMap((picture) => picture.kept).filter((uri) => !keptBefore.has(uriKey(uri)));
  const hasChanged = fetched > 0 || after.state !== before.state;
  const needsAttention = hasChanged && isUnfinished(after);
  return fetched > 0 || saved.length > 0 || needsAttention
    ? { fetched, saved, isPaid: usesRealMoney(after), needsAttention }
    : undefined;
}

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
 * Shows one notification about resumed jobs. If the panel is visible, it shows what needs attention
 * itself.
 */
export function notifyRecovered(services: Services, results: readonly RecoveryResult[], isPanelVisible: boolean): void {
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
    ...(first === undefined
      ? []
      : [{ label: l10n.t("Reveal"), run: () => commands.executeCommand("revealInExplorer", first) }]),
    ...(first === undefined && results.some(({ fetched }) => fetched > 0)
      ? [{ label: l10n.t("Show Pictures"), run: () => services.revealPictures.fire() }]
      : []),
    ...(attentionCount > 0 ? [{ label: l10n.t("Show Unfinished Jobs"), run: () => showUnfinishedJobs(services) }] : []),
  ];
  if (text !== "") {
    void notify(text, ...actions);
  }
}
