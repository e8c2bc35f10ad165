import type { Found, Group } from "./found.ts";

/** What the sheet is drawn in: a heading for each job, then its tiles, a line at a time. */
export type Row =
  | { readonly kind: "heading"; readonly key: string; readonly group: Group }
  | {
      readonly kind: "tiles";
      readonly key: string;
      readonly tiles: readonly Found[];
      /** Place of the first tile among all tiles of the sheet. */
      readonly first: number;
    };

/** All tiles in order, and the rows they stand in. */
export interface Layout {
  readonly rows: readonly Row[];
  readonly tiles: readonly Found[];
}

/** Lays the groups out in so many columns. */
export function layOut(groups: readonly Group[], columns: number): Layout {
  const rows: Row[] = [];
  const tiles: Found[] = [];
  for (const group of groups) {
    rows.push({ kind: "heading", key: group.job.id, group });
    for (let start = 0; start < group.found.length; start += columns) {
      const line = group.found.slice(start, start + columns);
      rows.push({ kind: "tiles", key: `${group.job.id} ${start}`, tiles: line, first: tiles.length });
      tiles.push(...line);
    }
  }
  return { rows, tiles };
}

/** Tiles want to be about this wide, in px; they share what is left. */
const wanted = 116;
/** Space between tiles, in px. */
const gap = 6;

/** How many columns fit into a width in px: two at least, so that pictures can be compared. */
export const columnsIn = (width: number): number => Math.max(2, Math.floor((width + gap) / (wanted + gap)));

/** The row a tile stands in; -1 where there is none. */
export const rowOf = (rows: readonly Row[], at: number): number =>
  rows.findIndex((row) => row.kind === "tiles" && at >= row.first && at < row.first + row.tiles.length);
