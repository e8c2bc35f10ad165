import type { JobGroup, SheetEntry } from "../sheetEntries.ts";

/** A row of the sheet: the heading of a job, or a line of its tiles. */
export type SheetRow =
  | { readonly kind: "heading"; readonly key: string; readonly group: JobGroup }
  | {
      readonly kind: "tiles";
      readonly key: string;
      readonly tiles: readonly SheetEntry[];
      /** Index of the first tile among all tiles of the sheet. */
      readonly first: number;
    };

/** All tiles in order, and their rows. */
export interface SheetLayout {
  readonly rows: readonly SheetRow[];
  readonly tiles: readonly SheetEntry[];
}

/** Arranges the groups in `columns` columns. */
export function layOutSheet(groups: readonly JobGroup[], columns: number): SheetLayout {
  const rows: SheetRow[] = [];
  const tiles: SheetEntry[] = [];
  for (const group of groups) {
    rows.push({ kind: "heading", key: group.job.id, group });
    for (let start = 0; start < group.entries.length; start += columns) {
      const line = group.entries.slice(start, start + columns);
      rows.push({ kind: "tiles", key: `${group.job.id} ${start}`, tiles: line, first: tiles.length });
      tiles.push(...line);
    }
  }
  return { rows, tiles };
}

/** Width that a tile has at least, in px; the tiles of a line share the rest. */
const preferredTileWidth = 116;
/** Space between tiles, in px. */
const tileGap = 6;

/** Number of columns for a width in px: two at least, so that pictures can be compared. */
export const columnsForWidth = (width: number): number =>
  Math.max(2, Math.floor((width + tileGap) / (preferredTileWidth + tileGap)));

/** Index of the row of a tile; -1 if there is none. */
export const rowIndexOf = (rows: readonly SheetRow[], tileIndex: number): number =>
  rows.findIndex((row) => row.kind === "tiles" && tileIndex >= row.first && tileIndex < row.first + row.tiles.length);
