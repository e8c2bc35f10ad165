import * as l10n from "@vscode/l10n";
import type { JobView } from "../../protocol.ts";
import type { ActionId } from "./actions.ts";
import { isSamePicture, type SheetEntry } from "./sheetEntries.ts";

/** An action whose result a later message shows. */
interface PendingAction {
  readonly action: ActionId;
  readonly entry: SheetEntry;
}

/** `job`: as it is now. */
function outcomeText({ action, entry: { picture, number } }: PendingAction, job: JobView): string | undefined {
  const now = job.pictures.find(({ id }) => id === picture.id);
  // The view lists discarded pictures apart from the others.
  if (action === "discard") {
    return now === undefined ? l10n.t("Picture {0} discarded", number) : undefined;
  }
  if (now === undefined) {
    return undefined;
  }
  if (action === "restore") {
    return l10n.t("Picture {0} restored", number);
  }
  if (action === "star") {
    if (now.isStarred === picture.isStarred) {
      return undefined;
    }
    return now.isStarred ? l10n.t("Picture {0} starred", number) : l10n.t("Picture {0} unstarred", number);
  }
  const file = now.kept.find((path) => !picture.kept.includes(path));
  return file === undefined ? undefined : l10n.t("Picture {0} kept as {1}", number, file);
}

/** Actions that no message has shown as done yet. Nothing is announced as done before that. */
export class PendingActions {
  #pending: readonly PendingAction[] = [];

  /** Adds an action that was just posted. */
  add(action: ActionId, entry: SheetEntry): void {
    const others = this.#pending.filter((one) => one.action !== action || !isSamePicture(one.entry, entry));
    this.#pending = [...others, { action, entry }];
  }

  /** Removes the actions that `jobs` shows as done, and returns a sentence on each. */
  takeOutcomes(jobs: ReadonlyMap<string, JobView>): readonly string[] {
    const results = this.#pending.map((pending) => {
      const job = jobs.get(pending.entry.job.id);
      return { pending, text: job && outcomeText(pending, job) };
    });
    this.#pending = results.filter(({ text }) => text === undefined).map(({ pending }) => pending);
    return results.flatMap(({ text }) => text ?? []);
  }
}
