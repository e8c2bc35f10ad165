import type { SheetQuery } from "../../core/sheet/sheetIndex.ts";
import { maxSheetRows } from "../../core/sheet/sheetRows.ts";
import type { PictureRef } from "../../protocol.ts";
import type { LoadedSheet } from "./grid/loadedSheet.ts";

/** Rows that are in view, as indexes. */
export interface VisibleRows {
  readonly first: number;
  readonly last: number;
}

/** Rows that are asked for: from an index, or around a picture. */
export type RowRange = Pick<SheetQuery, "first" | "count" | "anchor">;

/** Minimum number of rows that are asked for. */
export const minRows = 60;

/**
 * The rows around those in view, if one that is not loaded is near; `undefined` if all near ones
 * are loaded.
 */
export function rangeAround(
  sheet: Pick<LoadedSheet, "firstRow" | "rows" | "rowCount">,
  visible: VisibleRows,
): Pick<SheetQuery, "first" | "count"> | undefined {
  const screen = Math.max(10, visible.last - visible.first + 1);
  const count = Math.min(maxSheetRows, Math.max(minRows, 7 * screen));
  const margin = Math.min(1.5 * screen, (count - screen) / 3);
  const isStartNear = sheet.firstRow > 0 && visible.first - margin < sheet.firstRow;
  const end = sheet.firstRow + sheet.rows.length;
  const isEndNear = end < sheet.rowCount && visible.last + margin >= end;
  if (!isStartNear && !isEndNear) {
    return undefined;
  }
  return { first: Math.max(0, Math.floor(visible.first - (count - screen) / 2)), count };
}

/** The rows of a tile: the first one, the last one, or one near the selected picture. */
export function rangeOfTile(
  tile: number | "unloaded",
  sheet: Pick<LoadedSheet, "tileCount" | "rowCount"> | undefined,
  count: number,
  selected: PictureRef | undefined,
): RowRange {
  if (sheet !== undefined && tile === sheet.tileCount - 1) {
    return { first: sheet.rowCount, count };
  }
  return { first: 0, count, ...(tile === 0 || selected === undefined ? {} : { anchor: selected }) };
}
