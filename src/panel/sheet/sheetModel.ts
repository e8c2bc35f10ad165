import type { SheetPlaces } from "../../protocol.ts";
import type { PanelState } from "../panelState.ts";
import { Arrivals } from "./arrivals.ts";
import type { AwaitedPictures } from "./awaitedPictures.ts";
import { type LoadedSheet, loadSheet, tileAt, tileIndexOf } from "./grid/loadedSheet.ts";
import { isSelectKey, selectFirstKey, targetOfKey } from "./grid/moveSelection.ts";
import { Selection, type SelectMode } from "./selection.ts";
import { findEntry, isSamePicture, refOf, type SheetEntry } from "./sheetEntries.ts";
import type { SheetModelHost } from "./sheetModelHost.ts";
import type { ShownPictures } from "./sheetParts.ts";
import { SheetWindow } from "./sheetWindow.ts";
import { type KeyPress, type KeyResult, WaitingKeys } from "./waitingKeys.ts";

/**
 * Which of all pictures are shown, and which one is selected. It has the rows around those in view,
 * asks the host for others before they come into view, and keeps the keys that need them until
 * then.
 */
export class SheetModel {
  readonly #host: SheetModelHost;
  readonly #window: SheetWindow;
  #shown: ShownPictures = { text: "", filter: "all", isEverywhere: false };
  #loaded: LoadedSheet | undefined;
  #active: SheetEntry | undefined;
  /** Index of the selected tile; `undefined` if it is not known. */
  #activeTile: number | undefined;
  #marked: SheetEntry | undefined;
  readonly #selection = new Selection();
  readonly #arrivals: Arrivals;
  #isSelectedByUser = false;
  /** Numbers of the queries with the last search or filter, and the last selection or mark. */
  #listQuery = 0;
  #selectionQuery = 0;
  readonly #waitingKeys = new WaitingKeys((keyPress) => this.#do(keyPress));

  /** @param rows Number of rows to begin with. */
  constructor(host: SheetModelHost, rows: number) {
    this.#host = host;
    this.#arrivals = new Arrivals(host, (entry) => this.#setActive(entry, false));
    this.#window = new SheetWindow(host, rows, () => this.#queried());
  }

  /** Which pictures are shown. */
  get shown(): ShownPictures {
    return this.#shown;
  }

  /** `undefined` until the host has answered the first query. */
  get loaded(): LoadedSheet | undefined {
    return this.#loaded;
  }

  /** The picture that the keys go on from: the selected one, unless several are. */
  get active(): SheetEntry | undefined {
    return this.#active;
  }

  /** The pictures that are selected together; none while only the active one is selected. */
  get several(): readonly SheetEntry[] {
    const { entries } = this.#selection;
    return entries.length === 1 && isSamePicture(entries[0], this.#active) ? [] : entries;
  }

  /** Whether the range was too long. */
  get isRangeCut(): boolean {
    return this.#selection.isCut;
  }

  /** The first pictures of new jobs, which are on their way. */
  get awaited(): AwaitedPictures {
    return this.#arrivals.awaited;
  }

  /** Changes whether the selected picture is kept when it arrives; returns whether it is. */
  toggleKeep(): boolean {
    this.#host.onChange();
    return this.#arrivals.awaited.toggleKeep();
  }

  /** Whether the user selected the picture, and not its arrival. */
  get isSelectedByUser(): boolean {
    return this.#isSelectedByUser;
  }

  /** Whether the list begins with the newest pictures. */
  get beginsWithNewest(): boolean {
    const { text, filter } = this.#shown;
    return text === "" && filter === "all" && this.#loaded?.firstRow === 0;
  }

  /** The picture that the others are compared with. */
  get marked(): SheetEntry | undefined {
    return this.#marked;
  }

  /** Shows all pictures: those of a new job will be there. */
  showAll(): void {
    if (this.#shown.text !== "" || this.#shown.filter !== "all") {
      this.show({ text: "", filter: "all" });
    }
  }

  /** Shows the pictures that match. */
  show(changes: Partial<ShownPictures>): void {
    this.#selection.clear();
    [this.#shown, this.#activeTile] = [{ ...this.#shown, ...changes }, undefined];
    this.#listQuery = this.#selectionQuery = this.#window.askAroundView();
    this.#host.onChange();
  }

  /** Arranges the tiles in this many columns. */
  setColumns(columns: number): void {
    this.#window.setColumns(columns);
  }

  /** Selects a picture that is loaded, alone or as `mode` says. Keys that still wait are void. */
  select(entry: SheetEntry, mode?: SelectMode): void {
    this.#waitingKeys.clear();
    this.#goTo(entry, mode);
  }

  /** Selects all pictures that are loaded. */
  selectAll(): void {
    if (this.#loaded !== undefined && !this.#isListPending) {
      const [first] = this.#loaded.tiles;
      if (this.#active === undefined && first !== undefined) {
        this.#setActive(first);
      }
      this.#selection.selectAll(this.#loaded);
      this.#host.onChange();
    }
  }

  /** Selects only the active picture again; returns whether several were selected. */
  selectOne(): boolean {
    const hadSeveral = this.several.length > 0;
    this.#selection.clear();
    this.#host.onChange();
    return hadSeveral;
  }

  /** Marks a picture, or none. */
  mark(entry: SheetEntry | undefined): void {
    this.#marked = entry;
    this.#selectionQuery = this.#window.ask();
    this.#host.onChange();
  }

  /** Called when other rows come into view. */
  setVisible(first: number, last: number): void {
    this.#window.setVisible({ first, last }, this.#loaded);
  }

  /** Takes over what the host has sent. */
  receive({ sheet, places, jobs }: Pick<PanelState, "sheet" | "places" | "jobs">): void {
    const countBefore = this.#loaded?.tileCount ?? 0;
    this.#loaded = sheet && loadSheet(sheet, jobs);
    if (countBefore > (this.#loaded?.tileCount ?? 0)) {
      // Pictures that are not shown any more may be selected.
      this.#selection.clear();
    }
    if (places === undefined) {
      return;
    }
    this.#window.queries.hold(() => this.#takeAnswer(places, jobs));
  }

  #takeAnswer(places: SheetPlaces, jobs: PanelState["jobs"]): void {
    this.#window.queries.onAnswer(places.queryNumber);
    if (places.queryNumber >= this.#selectionQuery) {
      this.#active = findEntry(jobs, places.selected);
      this.#activeTile = places.selected?.tile;
      this.#marked = places.marked && (findEntry(jobs, places.marked) ?? this.#marked);
    } else if (this.#active !== undefined) {
      this.#active = findEntry(jobs, refOf(this.#active)) ?? this.#active;
      this.#activeTile = this.#indexOf(this.#active) ?? this.#activeTile;
    }
    this.#selection.update(jobs);
    this.#arrivals.take(jobs);
    this.#waitingKeys.retry(() => !this.#isListPending);
    this.#selectNewest();
    this.#window.askForVisible(this.#loaded);
  }

  #selectNewest(): void {
    const place = this.beginsWithNewest && !this.#isListPending && this.#arrivals.newPlace(this.#loaded?.rows);
    if (!place) {
      return;
    }
    this.#selection.clear();
    if (place.slot === undefined) {
      [this.#active, this.#activeTile] = [undefined, undefined];
      this.awaited.select(place.job);
      this.#selectionQuery = this.#window.ask();
    } else {
      this.#setActive(place.slot, false);
    }
    place.onSelected();
  }

  /** Selects the first picture if none is selected. */
  selectFirst(): void {
    this.press(selectFirstKey, false);
  }

  /**
   * Does what a key stands for, at once or when its rows are loaded. Keys that are pressed
   * meanwhile wait too. `mode`: what the modifier keys say. Returns whether the key stands for
   * something.
   */
  press(key: string, isRepeat: boolean, mode?: SelectMode): boolean {
    const isKnown = () => isSelectKey(key) || this.#host.isActionKey(key);
    return this.#waitingKeys.press({ key, isRepeat, mode }, this.#isListPending, isKnown);
  }

  /** Whether the loaded rows are those of an earlier search or filter. */
  get #isListPending(): boolean {
    return this.#window.queries.answered < this.#listQuery;
  }

  #do(keyPress: KeyPress): KeyResult {
    const { key, isRepeat, mode } = keyPress;
    const target = this.#targetOf(key);
    if (target === undefined && this.awaited.selected !== undefined && this.#host.isActionKey(key)) {
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
      this.#goTo(entry, mode);
      return "done";
    }
    if (keyPress.isAsked === true) {
      // Its picture was not there any more.
      return this.#window.queries.isWaiting ? "waits" : "done";
    }
    keyPress.isAsked = true;
    this.#window.askForTile(target, this.#loaded, this.#active && refOf(this.#active));
    return "waits";
  }

  /** Index of the tile that a key selects; `undefined` if it selects none. */
  #targetOf(key: string): number | "unloaded" | undefined {
    const sheet = this.#loaded;
    if (sheet === undefined) {
      return undefined;
    }
    const isSelected = (this.#active ?? this.awaited.selected) !== undefined;
    // The rows around the selected tile are loaded, and a line may have a heading.
    const page = Math.min(this.#host.linesPerPage(), Math.floor(this.#window.count / 4));
    return targetOfKey(key, sheet, { at: this.#active && this.#activeTile, isSelected, page });
  }

  /** Index of a tile of the list that was asked for last; `undefined` if it is not loaded. */
  #indexOf(entry: SheetEntry): number | undefined {
    return this.#loaded === undefined || this.#isListPending ? undefined : tileIndexOf(this.#loaded, refOf(entry));
  }

  #goTo(entry: SheetEntry, mode: SelectMode | undefined): void {
    if (mode === undefined || this.#loaded === undefined) {
      this.#selection.clear();
    } else {
      this.#selection.change(mode, this.#loaded, this.#active, entry, this.#activeTile);
    }
    this.#setActive(entry);
    this.#host.onChange();
  }

  #setActive(entry: SheetEntry, isSelectedByUser = true): void {
    this.awaited.select(undefined);
    if (isSamePicture(entry, this.#active)) {
      return;
    }
    this.#isSelectedByUser = isSelectedByUser;
    this.#active = entry;
    this.#activeTile = this.#indexOf(entry);
    this.#selectionQuery = this.#window.ask();
    this.#host.onChange();
  }

  #queried() {
    const [active, tile, { isEverywhere, ...shown }] = [this.#active, this.#activeTile, this.#shown];
    return {
      ...{ ...shown, everywhere: isEverywhere },
      ...(active === undefined ? {} : { selected: { ...refOf(active), ...(tile === undefined ? {} : { tile }) } }),
      ...(this.#marked === undefined ? {} : { marked: refOf(this.#marked) }),
    };
  }
}
