import type { JobGroup, SheetEntry } from "../sheetEntries.ts";

/** What the sheet is drawn in: a heading for each job, then its tiles, a line at a time. */
export type SheetRow =
  | { readonly kind: "heading"; readonly key: string; readonly group: JobGroup }
  | {
      readonly kind: "tiles";
      readonly key: string;
      readonly tiles: readonly SheetEntry[];
      /** Place of the first tile among all tiles of the sheet. */
      readonly first: number;
    };

/** All tiles in order, and the rows they stand in. */
export interface SheetLayout {
  readonly rows: readonly SheetRow[];
  readonly tiles: readonly SheetEntry[];
}

/** Lays the groups out in so many columns. */
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

/** Tiles want to be about this wide, in px; they share what is left. */
const preferredTileWidth = 116;
/** Space between tiles, in px. */
const tileGap = 6;

/** How many columns fit into a width in px: two at least, so that pictures can be compared. */
export const columnsForWidth = (width: number): number =>
  Math.max(2, Math.floor((width + tileGap) / (preferredTileWidth + tileGap)));

/** The row a tile stands in; -1 where there is none. */
export const rowIndexOf = (rows: readonly SheetRow[], tileIndex: number): number =>
  rows.findIndex((row) => row.kind === "tiles" && tileIndex >= row.first && tileIndex < row.first + row.tiles.length);
