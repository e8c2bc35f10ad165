import type { JobView, PictureRef, SheetView } from "../../../protocol.ts";
import { type SheetEntry, type Slot, slotsOf } from "../sheetEntries.ts";

/** A row of the sheet: the heading of a job, or a line of its tiles. */
export type SheetRow =
  | { readonly kind: "heading"; readonly key: string; readonly job: JobView }
  | {
      readonly kind: "tiles";
      readonly key: string;
      readonly job: JobView;
      /** Index of the first slot in the job. */
      readonly start: number;
      readonly slots: readonly Slot[];
      /** The pictures of the slots. */
      readonly tiles: readonly SheetEntry[];
      /** Index of the first tile among all tiles of the sheet. */
      readonly first: number;
    };

/** A line of tiles. */
export type TileRow = Extract<SheetRow, { kind: "tiles" }>;

/** The rows of the sheet that the host has sent. Indexes count all rows and tiles of the sheet. */
export interface LoadedSheet extends Omit<SheetView, "groups"> {
  readonly rows: readonly SheetRow[];
  readonly tiles: readonly SheetEntry[];
}

/** Arranges what the host has sent. */
export function loadSheet(view: SheetView, jobs: ReadonlyMap<string, JobView>): LoadedSheet {
  const { groups, ...counts } = view;
  const { columns, firstTile } = view;
  const rows: SheetRow[] = [];
  const tiles: SheetEntry[] = [];
  for (const { job: id, pictures, waiting = 0 } of groups) {
    const job = jobs.get(id);
    if (job === undefined) {
      continue;
    }
    const slots = slotsOf(job, new Set(pictures), waiting);
    rows.push({ kind: "heading", key: id, job });
    for (let start = 0; start < slots.length; start += columns) {
      const line = slots.slice(start, start + columns);
      const entries = line.filter((slot) => slot !== undefined);
      const first = firstTile + tiles.length;
      rows.push({ kind: "tiles", key: `${id} ${start}`, job, start, slots: line, tiles: entries, first });
      tiles.push(...entries);
    }
  }
  return { ...counts, rows, tiles };
}

/** The row at an index; `undefined` if it is not loaded. */
export const rowAt = ({ rows, firstRow }: LoadedSheet, index: number): SheetRow | undefined => rows[index - firstRow];

/** The tile at an index; `undefined` if it is not loaded. */
export const tileAt = ({ tiles, firstTile }: LoadedSheet, index: number): SheetEntry | undefined =>
  tiles[index - firstTile];

/** Index of a picture among all tiles; `undefined` if it is not loaded. */
export function tileIndexOf({ tiles, firstTile }: LoadedSheet, { job, picture }: PictureRef): number | undefined {
  const index = tiles.findIndex((entry) => entry.job.id === job && entry.picture.id === picture);
  return index < 0 ? undefined : firstTile + index;
}

/** Index of the row of a tile among all rows; `undefined` if it is not loaded. */
export function rowIndexOf({ rows, firstRow }: LoadedSheet, tile: number): number | undefined {
  const index = rows.findIndex(
    (row) => row.kind === "tiles" && tile >= row.first && tile < row.first + row.tiles.length,
  );
  return index < 0 ? undefined : firstRow + index;
}

/** Whether the rows that both have are at other indexes, or their number has changed. */
export function hasMoved(before: LoadedSheet | undefined, after: LoadedSheet): boolean {
  if (before === undefined || before.rowCount !== after.rowCount) {
    return true;
  }
  return after.rows.some(({ key }, index) => {
    const old = rowAt(before, after.firstRow + index);
    return old !== undefined && old.key !== key;
  });
}

/**
 * Widths that a tile has at least, in px, in a narrow sheet and in a wide one; between them it is a
 * quarter of the sheet. The tiles of a line share the rest.
 */
const [narrowTileWidth, wideTileWidth] = [116, 220];
/** Space between tiles, in px. */
const tileGap = 6;

/** Number of columns for a width in px: two at least, so that pictures can be compared. */
export function columnsForWidth(width: number): number {
  const tileWidth = Math.min(wideTileWidth, Math.max(narrowTileWidth, width / 4));
  return Math.max(2, Math.floor((width + tileGap) / (tileWidth + tileGap)));
}
