import type { JobView, PictureView } from "../../protocol.ts";
import type { ActionId } from "./actions.ts";
import { type Found, isSame } from "./found.ts";

/** Something that was asked for and can be seen in a later snapshot. */
interface Asked {
  readonly action: ActionId;
  readonly found: Found;
}

function outcome({ action, found: { picture, number } }: Asked, now: PictureView | undefined): string | undefined {
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
    return now.starred === picture.starred ? undefined : `Picture ${number} ${now.starred ? "starred" : "unstarred"}`;
  }
  const file = now.kept.find((path) => !picture.kept.includes(path));
  return file === undefined ? undefined : `Picture ${number} kept as ${file}`;
}

const lookUp = (jobs: readonly JobView[], job: string, picture: string): PictureView | undefined =>
  jobs.find(({ id }) => id === job)?.pictures.find(({ id }) => id === picture);

/** What was asked for and is not seen to be done. Nothing is said to be done before it is. */
export class Outcomes {
  #open: readonly Asked[] = [];

  /** Notes what is asked for now. */
  ask(action: ActionId, found: Found): void {
    const others = this.#open.filter((one) => one.action !== action || !isSame(one.found, found));
    this.#open = [...others, { action, found }];
  }

  /** What the snapshot tells of it, in sentences to say. */
  hear(jobs: readonly JobView[]): readonly string[] {
    const told = this.#open.map((one) => ({
      one,
      words: outcome(one, lookUp(jobs, one.found.job.id, one.found.picture.id)),
    }));
    this.#open = told.filter(({ words }) => words === undefined).map(({ one }) => one);
    return told.flatMap(({ words }) => words ?? []);
  }
}
