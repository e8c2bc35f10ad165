import type { Filter } from "../../core/sheet/filters.ts";
import type { SheetQuery } from "../../core/sheet/sheetIndex.ts";
import { maxSheetRows } from "../../core/sheet/sheetRows.ts";
import type { PictureRef, SheetPlaces } from "../../protocol.ts";
import type { PanelState } from "../panelState.ts";
import { AwaitedPictures } from "./awaitedPictures.ts";
import { type LoadedSheet, loadSheet, tileAt, tileIndexOf } from "./grid/loadedSheet.ts";
import { indexOfNth, isMoveKey, moveSelection } from "./grid/moveSelection.ts";
import { findEntry, isSamePicture, refOf, type SheetEntry } from "./sheetEntries.ts";
import { SheetQueries } from "./sheetQueries.ts";
import { minRows, rangeAround, type VisibleRows } from "./sheetRange.ts";
import { type KeyPress, type KeyResult, WaitingKeys } from "./waitingKeys.ts";

/** What the model asks of the sheet's element. */
export interface SheetModelHost {
  /** The picture at the top of the view; `undefined` while the first row is in view. */
  topPicture(): PictureRef | undefined;
  /** Number of lines of tiles that fit into the view. */
  linesPerPage(): number;
  /** Whether the key acts on a picture. */
  isActionKey(key: string): boolean;
  /** Does the action of a key with the selected picture; returns whether there is one. */
  act(key: string, isRepeat: boolean): boolean;
  /** Does the action of a key with the first picture of a new job, which is on its way. */
  actEarly(key: string): void;
  /** Keeps a picture that has arrived. */
  keep(entry: SheetEntry): void;
  /** Called if such a picture will not come. */
  onLost(): void;
  /** Whether the user is working on a picture, so that another one must not be selected. */
  isInUse(): boolean;
  /** Whether the user waits for the pictures of a new job, and works on nothing else. */
  isNewestExpected(): boolean;
  /** Called when the first one of these is selected. */
  onNewest(): void;
  /** Called if it will not come. */
  onNewestLost(): void;
  /** Called after each change. */
  onChange(): void;
}

/** Selects the first picture if none is selected. */
const selectFirstKey = "";

/**
 * Which of all pictures are shown, and which one is selected. It has the rows around those in view,
 * asks the host for others before they come into view, and keeps the keys that need them until
 * then.
 */
export class SheetModel {
  readonly #host: SheetModelHost;
  readonly #queries = new SheetQueries();
  #text = "";
  #filter: Filter = "all";
  #isEverywhere = false;
  #columns: number | undefined;
  #range: Pick<SheetQuery, "first" | "count" | "anchor">;
  #loaded: LoadedSheet | undefined;
  #active: SheetEntry | undefined;
  /** Index of the selected tile; `undefined` if it is not known. */
  #activeTile: number | undefined;
  #marked: SheetEntry | undefined;
  /** Id of the newest job with pictures; empty without any, `undefined` until it is known. */
  #newestJob: string | undefined;
  readonly #awaited = new AwaitedPictures();
  #isSelectedByUser = false;
  #visible: VisibleRows | undefined;
  /** Numbers of the queries with the last search or filter, and the last selection or mark. */
  #listQuery = 0;
  #selectionQuery = 0;
  readonly #waitingKeys = new WaitingKeys((keyPress) => this.#do(keyPress));

  /** @param rows Number of rows to begin with. */
  constructor(host: SheetModelHost, rows: number) {
    this.#host = host;
    this.#range = { first: 0, count: Math.min(maxSheetRows, Math.max(minRows, rows)) };
  }

  get text(): string {
    return this.#text;
  }

  get filter(): Filter {
    return this.#filter;
  }

  /** Whether pictures of other workspaces are shown too. */
  get isEverywhere(): boolean {
    return this.#isEverywhere;
  }

  /** `undefined` until the host has answered the first query. */
  get loaded(): LoadedSheet | undefined {
    return this.#loaded;
  }

  /** The selected picture. */
  get active(): SheetEntry | undefined {
    return this.#active;
  }

  /** The first pictures of new jobs, which are on their way. */
  get awaited(): Pick<AwaitedPictures, "selected" | "toKeep"> {
    return this.#awaited;
  }

  /** Changes whether the selected picture is kept when it arrives; returns whether it is. */
  toggleKeep(): boolean {
    this.#host.onChange();
    return this.#awaited.toggleKeep();
  }

  /** Whether the user selected the picture, and not its arrival. */
  get isSelectedByUser(): boolean {
    return this.#isSelectedByUser;
  }

  /** Whether the list begins with the newest pictures. */
  get beginsWithNewest(): boolean {
    return this.#text === "" && this.#filter === "all" && this.#loaded?.firstRow === 0;
  }

  /** The picture that the others are compared with. */
  get marked(): SheetEntry | undefined {
    return this.#marked;
  }

  /** Shows all pictures: those of a new job will be there. */
  showAll(): void {
    if (this.#text !== "" || this.#filter !== "all") {
      this.show("", "all");
    }
  }

  /** Shows the pictures that match. */
  show(text: string, filter: Filter, isEverywhere = this.#isEverywhere): void {
    [this.#text, this.#filter, this.#isEverywhere, this.#activeTile] = [text, filter, isEverywhere, undefined];
    this.#listQuery = this.#selectionQuery = this.#askAround(this.#host.topPicture());
    this.#host.onChange();
  }

  /** Arranges the tiles in this many columns. */
  setColumns(columns: number): void {
    if (columns !== this.#columns) {
      this.#columns = columns;
      this.#askAround(this.#host.topPicture());
    }
  }

  /** Selects a picture that is loaded. The keys that still wait are void. */
  select(entry: SheetEntry): void {
    this.#waitingKeys.clear();
    this.#setActive(entry);
  }

  /** Marks a picture, or none. */
  mark(entry: SheetEntry | undefined): void {
    this.#marked = entry;
    this.#selectionQuery = this.#ask();
    this.#host.onChange();
  }

  /** Called when other rows come into view. */
  setVisible(first: number, last: number): void {
    this.#visible = { first, last };
    this.#askForVisible();
  }

  /** Takes over what the host has sent. */
  receive({ sheet, places, jobs }: Pick<PanelState, "sheet" | "places" | "jobs">): void {
    this.#loaded = sheet && loadSheet(sheet, jobs);
    if (places === undefined) {
      return;
    }
    this.#queries.hold(() => this.#takeAnswer(places, jobs));
  }

  #takeAnswer(places: SheetPlaces, jobs: PanelState["jobs"]): void {
    this.#queries.onAnswer(places.queryNumber);
    if (places.queryNumber >= this.#selectionQuery) {
      this.#active = findEntry(jobs, places.selected);
      this.#activeTile = places.selected?.tile;
      this.#marked = places.marked && (findEntry(jobs, places.marked) ?? this.#marked);
    } else if (this.#active !== undefined) {
      this.#active = findEntry(jobs, refOf(this.#active)) ?? this.#active;
      this.#activeTile = this.#indexOf(this.#active) ?? this.#activeTile;
    }
    this.#takeArrivals(jobs);
    this.#waitingKeys.retry(() => !this.#isListPending);
    this.#selectNewest();
    this.#askForVisible();
  }

  #takeArrivals(jobs: PanelState["jobs"]): void {
    const { selected, kept, isLost, isSelectionLost } = this.#awaited.take(jobs);
    if (selected !== undefined) {
      this.#setActive(selected, false);
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

  /** Selects the first picture of a new job, unless that would disturb the user. */
  #selectNewest(): void {
    const [row, line] = this.#loaded?.rows ?? [];
    if (!this.beginsWithNewest || this.#isListPending) {
      return;
    }
    const newest = row?.kind === "heading" ? row.job.id : "";
    const isNew = this.#newestJob !== undefined && this.#newestJob !== newest;
    this.#newestJob = newest;
    if (!isNew || line?.kind !== "tiles") {
      return;
    }
    const isExpected = this.#host.isNewestExpected();
    if (!isExpected && (this.#host.isInUse() || this.#host.topPicture() !== undefined)) {
      return;
    }
    const [slot] = line.slots;
    if (slot === undefined) {
      [this.#active, this.#activeTile] = [undefined, undefined];
      this.#awaited.select(newest);
      this.#selectionQuery = this.#ask();
    } else {
      this.#setActive(slot, false);
    }
    if (isExpected) {
      this.#host.onNewest();
    }
  }

  /** Selects the first picture if none is selected. */
  selectFirst(): void {
    this.press(selectFirstKey, false);
  }

  /**
   * Does what a key stands for, at once or when its rows are loaded. Keys that are pressed
   * meanwhile wait too. Returns whether the key stands for something.
   */
  press(key: string, isRepeat: boolean): boolean {
    const isKnown = () =>
      key === selectFirstKey || isMoveKey(key) || /^[1-9]$/u.test(key) || this.#host.isActionKey(key);
    return this.#waitingKeys.press({ key, isRepeat }, this.#isListPending, isKnown);
  }

  /** Whether the loaded rows are those of an earlier search or filter. */
  get #isListPending(): boolean {
    return this.#queries.answered < this.#listQuery;
  }

  #do(keyPress: KeyPress): KeyResult {
    const { key, isRepeat } = keyPress;
    const target = this.#targetOf(key);
    if (target === undefined && this.#awaited.selected !== undefined && this.#host.isActionKey(key)) {
      if (!isRepeat) {
        this.#host.actEarly(key);
      }
      return "done";
    }
    if (target === undefined) {
      return this.#host.act(key, isRepeat) ? "done" : "ignored";
    }
    const entry = target === "unloaded" ? undefined : this.#loaded && tileAt(this.#loaded, target);
    if (entry !== undefined) {
      this.#setActive(entry);
      return "done";
    }
    if (keyPress.isAsked === true) {
      // Its picture was not there any more.
      return this.#queries.isWaiting ? "waits" : "done";
    }
    keyPress.isAsked = true;
    this.#askFor(target);
    return "waits";
  }

  /** Index of the tile that a key selects; `undefined` if it selects none. */
  #targetOf(key: string): number | "unloaded" | undefined {
    const sheet = this.#loaded;
    if (sheet === undefined) {
      return undefined;
    }
    if (key === selectFirstKey) {
      const isSelected = (this.#active ?? this.#awaited.selected) !== undefined;
      return isSelected || sheet.tileCount === 0 ? undefined : 0;
    }
    const at = this.#active && this.#activeTile;
    // The rows around the selected tile are loaded, and a line may have a heading.
    const page = Math.min(this.#host.linesPerPage(), Math.floor(this.#range.count / 4));
    return /^[1-9]$/u.test(key) ? indexOfNth(sheet, at ?? 0, Number(key)) : moveSelection(key, sheet, at, page);
  }

  /** Index of a tile of the list that was asked for last; `undefined` if it is not loaded. */
  #indexOf(entry: SheetEntry): number | undefined {
    return this.#loaded === undefined || this.#isListPending ? undefined : tileIndexOf(this.#loaded, refOf(entry));
  }

  #setActive(entry: SheetEntry, isSelectedByUser = true): void {
    this.#awaited.select(undefined);
    if (isSamePicture(entry, this.#active)) {
      return;
    }
    this.#isSelectedByUser = isSelectedByUser;
    this.#active = entry;
    this.#activeTile = this.#indexOf(entry);
    this.#selectionQuery = this.#ask();
    this.#host.onChange();
  }

  /** Asks for the rows of a tile: the first, the last, or one near the selected tile. */
  #askFor(target: number | "unloaded"): void {
    const { tileCount = 0, rowCount = 0 } = this.#loaded ?? {};
    const { count } = this.#range;
    if (target === tileCount - 1) {
      this.#range = { first: rowCount, count };
    } else if (target === 0 || this.#active === undefined) {
      this.#range = { first: 0, count };
    } else {
      this.#range = { first: 0, count, anchor: refOf(this.#active) };
    }
    // Those in view now do not matter: the view is scrolled to the tile.
    this.#visible = undefined;
    this.#ask();
  }

  #askAround(anchor: PictureRef | undefined): number {
    this.#range = { first: 0, count: this.#range.count, ...(anchor === undefined ? {} : { anchor }) };
    return this.#ask();
  }

  /** Asks for the rows around those in view if one that is not loaded is near. */
  #askForVisible(): void {
    const [sheet, visible] = [this.#loaded, this.#visible];
    if (sheet === undefined || visible === undefined || this.#queries.isWaiting) {
      return;
    }
    const next = rangeAround(sheet, visible);
    if (next === undefined) {
      return;
    }
    const anchor = this.#host.topPicture();
    const range = { ...next, ...(anchor === undefined ? {} : { anchor }) };
    if (JSON.stringify(range) !== JSON.stringify(this.#range)) {
      this.#range = range;
      this.#ask();
    }
  }

  #ask(): number {
    if (this.#columns === undefined) {
      return 0;
    }
    const [active, tile] = [this.#active, this.#activeTile];
    return this.#queries.ask({
      ...{ text: this.#text, filter: this.#filter, everywhere: this.#isEverywhere, columns: this.#columns },
      ...this.#range,
      ...(active === undefined ? {} : { selected: { ...refOf(active), ...(tile === undefined ? {} : { tile }) } }),
      ...(this.#marked === undefined ? {} : { marked: refOf(this.#marked) }),
    });
  }
}
