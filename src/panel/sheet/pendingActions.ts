import * as l10n from "@vscode/l10n";
import type { JobView, PictureView } from "../../protocol.ts";
import type { ActionId } from "./actions.ts";
import { isSamePicture, type SheetEntry } from "./sheetEntries.ts";

/** An action whose result a later message shows. */
interface PendingAction {
  readonly describe: DescribeOutcome;
  readonly action: ActionId;
  readonly entry: SheetEntry;
}

/**
 * Describes the result of an action; `undefined` while there is none. `now` is the picture in the
 * latest message, `undefined` if it is discarded: the view lists those apart from the others.
 */
type DescribeOutcome = (entry: SheetEntry, now: PictureView | undefined) => string | undefined;

const describeKept: DescribeOutcome = ({ picture, number }, now) => {
  const file = now?.kept.find((path) => !picture.kept.includes(path));
  return file === undefined ? undefined : l10n.t("Picture {0} kept as {1}", number, file);
};

/** The actions that change a picture. The others have no result that a message would show. */
const outcomes: Partial<Readonly<Record<ActionId, DescribeOutcome>>> = {
  keep: describeKept,
  keepAgain: describeKept,
  keepAs: describeKept,
  replace: describeKept,
  discard: ({ number }, now) => (now === undefined ? l10n.t("Picture {0} discarded", number) : undefined),
  restore: ({ number }, now) => (now === undefined ? undefined : l10n.t("Picture {0} restored", number)),
  star: ({ picture, number }, now) => {
    if (now === undefined || now.isStarred === picture.isStarred) {
      return undefined;
    }
    return now.isStarred ? l10n.t("Picture {0} starred", number) : l10n.t("Picture {0} unstarred", number);
  },
};

/** Actions that no message has shown as done yet. Nothing is announced as done before that. */
export class PendingActions {
  #pending: readonly PendingAction[] = [];

  /** Adds an action that was just posted, if it changes the picture. */
  add(action: ActionId, entry: SheetEntry): void {
    const describe = outcomes[action];
    if (describe === undefined) {
      return;
    }
    const others = this.#pending.filter((one) => one.action !== action || !isSamePicture(one.entry, entry));
    this.#pending = [...others, { describe, action, entry }];
  }

  /** Removes the actions that `jobs` shows as done, and returns a sentence on each. */
  takeOutcomes(jobs: ReadonlyMap<string, JobView>): readonly string[] {
    const results = this.#pending.map((pending) => {
      const { describe, entry } = pending;
      const job = jobs.get(entry.job.id);
      const now = job?.pictures.find(({ id }) => id === entry.picture.id);
      return { pending, text: job && describe(entry, now) };
    });
    this.#pending = results.filter(({ text }) => text === undefined).map(({ pending }) => pending);
    return results.flatMap(({ text }) => text ?? []);
  }
}
