import type { JobView } from "../../protocol.ts";
import { isWaitedFor } from "../shared/jobState.ts";
import { entriesOf, type SheetEntry } from "./sheetEntries.ts";

/** The first picture of a job: itself, that it is on its way, or `undefined` if none will come. */
function firstPicture(job: JobView | undefined): SheetEntry | "waiting" | undefined {
  if (job === undefined) {
    return undefined;
  }
  const [first] = entriesOf(job);
  // The others may be stored earlier.
  return isWaitedFor(job) && first?.number !== 1 ? "waiting" : first;
}

/** What a message has changed about the pictures that are waited for. */
interface Arrivals {
  /** The picture that is selected now, since it has arrived. */
  readonly selected?: SheetEntry;
  readonly kept: readonly SheetEntry[];
  /** Whether a picture to be kept will not come. */
  readonly isLost: boolean;
  /** Whether the selected picture will not come. */
  readonly isSelectionLost: boolean;
}

/** First pictures of jobs that are on their way: the selected one, and those to be kept. */
export class AwaitedPictures {
  /** Id of the job. */
  #selected: string | undefined;
  readonly #toKeep = new Set<string>();

  /** Id of the job whose first picture is selected; `undefined` if it is none. */
  get selected(): string | undefined {
    return this.#selected;
  }

  /** Ids of the jobs whose first picture is kept when it arrives. */
  get toKeep(): ReadonlySet<string> {
    return this.#toKeep;
  }

  select(job: string | undefined): void {
    this.#selected = job;
  }

  /** Changes whether the selected picture is kept when it arrives; returns whether it is. */
  toggleKeep(): boolean {
    const job = this.#selected ?? "";
    if (this.#toKeep.delete(job)) {
      return false;
    }
    this.#toKeep.add(job);
    return true;
  }

  /** The pictures that have arrived, which are not waited for any more. */
  take(jobs: ReadonlyMap<string, JobView>): Arrivals {
    const kept: SheetEntry[] = [];
    let isLost = false;
    for (const id of this.#toKeep) {
      const first = firstPicture(jobs.get(id));
      if (first !== "waiting") {
        this.#toKeep.delete(id);
        kept.push(...(first === undefined ? [] : [first]));
        isLost ||= first === undefined;
      }
    }
    const selected = this.#selected === undefined ? undefined : firstPicture(jobs.get(this.#selected));
    const isSelectionLost = this.#selected !== undefined && selected === undefined;
    this.#selected = selected === "waiting" ? this.#selected : undefined;
    return { ...(selected === undefined || selected === "waiting" ? {} : { selected }), kept, isLost, isSelectionLost };
  }
}
