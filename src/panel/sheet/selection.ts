import { maxManyPictures } from "../../core/sheet/manyPictures.ts";
import type { JobView } from "../../protocol.ts";
import { type LoadedSheet, tileIndexOf } from "./grid/loadedSheet.ts";
import { findEntry, isSamePicture, refOf, type SheetEntry, type Slot } from "./sheetEntries.ts";

/** How a click or a key changes what is selected, besides the picture that it goes to. */
export type SelectMode = "toggle" | "extend" | "keep";

/**
 * The pictures that are selected together. While it has none, only the active picture is selected.
 * A range ends at the rows that are loaded, and after `maxManyPictures`.
 */
export class Selection {
  #entries: readonly SheetEntry[] = [];
  /** Where a range begins, and its index at that time: its row may be unloaded later. */
  #anchor: SheetEntry | undefined;
  #anchorTile = 0;
  #isCut = false;

  get entries(): readonly SheetEntry[] {
    return this.#entries;
  }

  /** Whether the last range is shorter than the one that the user asked for. */
  get isCut(): boolean {
    return this.#isCut;
  }

  clear(): void {
    [this.#entries, this.#anchor, this.#isCut] = [[], undefined, false];
  }

  /** Selects all pictures that are loaded. */
  selectAll({ tiles, tileCount }: LoadedSheet): void {
    this.#set(tiles, tileCount > tiles.length);
  }

  /** Changes it on the way from the active picture, at the index `tile`, to another one. */
  change(mode: SelectMode, sheet: LoadedSheet, active: Slot, to: SheetEntry, tile: number | undefined): void {
    const from = active ?? to;
    if (mode === "extend") {
      if (this.#anchor === undefined) {
        this.#setAnchor(sheet, from, tile);
      }
      this.#extend(sheet, from, to);
      return;
    }
    const before = this.#entries.length > 0 ? this.#entries : [from];
    if (mode === "keep") {
      this.#set(before, this.#isCut);
      return;
    }
    const others = before.filter((entry) => !isSamePicture(entry, to));
    this.#set(others.length < before.length ? others : [...before, to]);
    this.#setAnchor(sheet, to);
  }

  /** Updates the entries, without those that were discarded or restored. */
  update(jobs: ReadonlyMap<string, JobView>): void {
    this.#entries = this.#entries.flatMap((entry) => {
      const now = findEntry(jobs, refOf(entry));
      return now === undefined && !jobs.has(entry.job.id) ? entry : now?.isDiscarded === entry.isDiscarded ? now : [];
    });
  }

  #extend(sheet: LoadedSheet, from: SheetEntry, to: SheetEntry): void {
    const { tiles, firstTile } = sheet;
    const indexOf = (entry: SheetEntry | undefined) => entry && tileIndexOf(sheet, refOf(entry));
    const last = firstTile + tiles.length - 1;
    const start = indexOf(this.#anchor);
    const edge = start ?? (this.#anchorTile < firstTile ? firstTile : last);
    const end = indexOf(to) ?? edge;
    const range = tiles.slice(Math.min(edge, end) - firstTile, Math.max(edge, end) - firstTile + 1);
    // What was selected on the way from a beginning that is not loaded any more.
    const unloaded = start === undefined ? this.#entries.filter((entry) => indexOf(entry) === undefined) : [];
    this.#set(
      [...unloaded, ...(edge > end ? range.reverse() : range)],
      start === undefined && indexOf(from) === undefined,
    );
  }

  #set(entries: readonly SheetEntry[], isCut = false): void {
    this.#entries = entries.slice(0, maxManyPictures);
    this.#isCut = isCut || entries.length > maxManyPictures;
  }

  #setAnchor(sheet: LoadedSheet, entry: SheetEntry, tile = 0): void {
    this.#anchor = entry;
    this.#anchorTile = tileIndexOf(sheet, refOf(entry)) ?? tile;
  }
}
