import type { JobView, PictureView } from "../../protocol.ts";
import type { ActionId } from "./actions.ts";
import { isSamePicture, type SheetEntry } from "./sheetEntries.ts";

/** Something that was asked for and can be seen in a later snapshot. */
interface PendingAction {
  readonly action: ActionId;
  readonly entry: SheetEntry;
}

function outcomeText(
  { action, entry: { picture, number } }: PendingAction,
  now: PictureView | undefined,
): string | undefined {
  // A discarded picture is not among the others.
  if (action === "discard") {
    return now === undefined ? `Picture ${number} discarded` : undefined;
  }
  if (now === undefined) {
    return undefined;
  }
  if (action === "restore") {
    return `Picture ${number} restored`;
  }
  if (action === "star") {
    return now.isStarred === picture.isStarred
      ? undefined
      : `Picture ${number} ${now.isStarred ? "starred" : "unstarred"}`;
  }
  const file = now.kept.find((path) => !picture.kept.includes(path));
  return file === undefined ? undefined : `Picture ${number} kept as ${file}`;
}

const findPicture = (jobs: readonly JobView[], job: string, picture: string): PictureView | undefined =>
  jobs.find(({ id }) => id === job)?.pictures.find(({ id }) => id === picture);

/** What was asked for and is not seen to be done. Nothing is said to be done before it is. */
export class PendingActions {
  #pending: readonly PendingAction[] = [];

  /** Notes what is asked for now. */
  add(action: ActionId, entry: SheetEntry): void {
    const others = this.#pending.filter((one) => one.action !== action || !isSamePicture(one.entry, entry));
    this.#pending = [...others, { action, entry }];
  }

  /** What the snapshot tells of it, in sentences to say. */
  takeOutcomes(jobs: readonly JobView[]): readonly string[] {
    const results = this.#pending.map((one) => ({
      one,
      words: outcomeText(one, findPicture(jobs, one.entry.job.id, one.entry.picture.id)),
    }));
    this.#pending = results.filter(({ words: text }) => text === undefined).map(({ one }) => one);
    return results.flatMap(({ words: text }) => text ?? []);
  }
}
