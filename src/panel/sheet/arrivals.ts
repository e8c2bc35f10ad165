import type { JobView } from "../../protocol.ts";
import { AwaitedPictures } from "./awaitedPictures.ts";
import type { SheetRow } from "./grid/loadedSheet.ts";
import type { SheetEntry, Slot } from "./sheetEntries.ts";
import type { SheetModelHost } from "./sheetModelHost.ts";

/** The first place of a new job, which is to be selected. */
interface NewPlace {
  readonly job: string;
  readonly slot: Slot;
  /** To be called once it is selected. */
  readonly onSelected: () => void;
}

/** What a message brings: pictures that were waited for, and new jobs. */
export class Arrivals {
  readonly #host: SheetModelHost;
  readonly #select: (entry: SheetEntry) => void;
  /** Id of the newest job with pictures; empty without any, `undefined` until it is known. */
  #newestJob: string | undefined;

  /** The first pictures of new jobs, which are on their way. */
  readonly awaited = new AwaitedPictures();

  /** @param select selects a picture that has arrived. */
  constructor(host: SheetModelHost, select: (entry: SheetEntry) => void) {
    this.#host = host;
    this.#select = select;
  }

  /** Selects and keeps the awaited pictures that have arrived. */
  take(jobs: ReadonlyMap<string, JobView>): void {
    const { selected, kept, isLost, isSelectionLost } = this.awaited.take(jobs);
    if (selected !== undefined) {
      this.#select(selected);
    }
    for (const entry of kept) {
      this.#host.keep(entry);
    }
    if (isLost) {
      this.#host.onLost();
    }
    if (isSelectionLost) {
      this.#host.onNewestLost();
    }
  }

  /**
   * The first place of the job at the top of the list, if that is new and its selection would not
   * disturb the user.
   */
  newPlace([row, line]: readonly SheetRow[] = []): NewPlace | undefined {
    const job = row?.kind === "heading" ? row.job.id : "";
    const isNew = this.#newestJob !== undefined && this.#newestJob !== job;
    this.#newestJob = job;
    if (!isNew || line?.kind !== "tiles") {
      return undefined;
    }
    const isExpected = this.#host.isNewestExpected();
    if (!isExpected && (this.#host.isInUse() || this.#host.topPicture() !== undefined)) {
      return undefined;
    }
    return { job, slot: line.slots[0], onSelected: () => isExpected && this.#host.onNewest() };
  }
}
