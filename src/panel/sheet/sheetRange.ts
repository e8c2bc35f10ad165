import type { SheetQuery } from "../../core/sheet/sheetIndex.ts";
import { maxSheetRows } from "../../core/sheet/sheetRows.ts";
import type { LoadedSheet } from "./grid/loadedSheet.ts";

/** Rows that are in view, as indexes. */
export interface VisibleRows {
  readonly first: number;
  readonly last: number;
}

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
