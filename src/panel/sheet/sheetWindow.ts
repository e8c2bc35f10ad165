import type { SheetQuery } from "../../core/sheet/sheetIndex.ts";
import { maxSheetRows } from "../../core/sheet/sheetRows.ts";
import type { PictureRef } from "../../protocol.ts";
import type { LoadedSheet } from "./grid/loadedSheet.ts";
import type { SheetModelHost } from "./sheetModelHost.ts";
import { SheetQueries } from "./sheetQueries.ts";
import { minRows, type RowRange, rangeAround, rangeOfTile, type VisibleRows } from "./sheetRange.ts";

/** What a query asks for, besides the rows and their columns. */
type QueriedPictures = Omit<SheetQuery, keyof RowRange | "columns">;

/** The rows that the page has of the sheet: those around the ones in view. */
export class SheetWindow {
  readonly #host: Pick<SheetModelHost, "topPicture">;
  readonly #pictures: () => QueriedPictures;
  #columns: number | undefined;
  #range: RowRange;
  #visible: VisibleRows | undefined;

  /** The questions to the host, and whether they are answered. */
  readonly queries = new SheetQueries();

  /**
   * @param rows Number of rows to begin with.
   * @param pictures Which pictures to ask for.
   */
  constructor(host: Pick<SheetModelHost, "topPicture">, rows: number, pictures: () => QueriedPictures) {
    this.#host = host;
    this.#pictures = pictures;
    this.#range = { first: 0, count: Math.min(maxSheetRows, Math.max(minRows, rows)) };
  }

  /** Number of rows that are asked for. */
  get count(): number {
    return this.#range.count;
  }

  /** Arranges the tiles in this many columns. */
  setColumns(columns: number): void {
    if (columns !== this.#columns) {
      this.#columns = columns;
      this.askAroundView();
    }
  }

  /** Called when other rows come into view. */
  setVisible(visible: VisibleRows, sheet: LoadedSheet | undefined): void {
    this.#visible = visible;
    this.askForVisible(sheet);
  }

  /** Asks for the rows of a tile: the first, the last, or one near the selected picture. */
  askForTile(tile: number | "unloaded", sheet: LoadedSheet | undefined, selected: PictureRef | undefined): void {
    this.#range = rangeOfTile(tile, sheet, this.count, selected);
    // Those in view now do not matter: the view is scrolled to the tile.
    this.#visible = undefined;
    this.ask();
  }

  /** Asks for the rows around the top of the view. Returns the number of the query. */
  askAroundView(): number {
    const anchor = this.#host.topPicture();
    this.#range = { first: 0, count: this.count, ...(anchor === undefined ? {} : { anchor }) };
    return this.ask();
  }

  /** Asks for the rows around those in view if one that is not loaded is near. */
  askForVisible(sheet: LoadedSheet | undefined): void {
    const visible = this.#visible;
    if (sheet === undefined || visible === undefined || this.queries.isWaiting) {
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
      this.ask();
    }
  }

  /** Asks for the same rows once more. Returns the number of the query. */
  ask(): number {
    return this.#columns === undefined
      ? 0
      : this.queries.ask({ ...this.#pictures(), ...this.#range, columns: this.#columns });
  }
}
