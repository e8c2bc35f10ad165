import { rowIndexOf, type SheetLayout, type SheetRow } from "./sheetLayout.ts";

/**
 * Index of the tile `lines` lines further, in the same column or the last one of a shorter line.
 */
function moveByLines({ rows, tiles }: SheetLayout, at: number, lines: number): number {
  const currentRow = rows[rowIndexOf(rows, at)];
  if (currentRow?.kind !== "tiles") {
    return at;
  }
  const all = rows.filter((row): row is Extract<SheetRow, { kind: "tiles" }> => row.kind === "tiles");
  const targetRow = all[Math.min(all.length - 1, Math.max(0, all.indexOf(currentRow) + lines))];
  return targetRow === undefined || targetRow === currentRow
    ? at
    : Math.min(tiles.length - 1, targetRow.first + Math.min(at - currentRow.first, targetRow.tiles.length - 1));
}

/** The new index for each key. `page` is the number of lines that fit into the view. */
const moveByKey: Readonly<Record<string, (layout: SheetLayout, at: number, page: number) => number>> = {
  ArrowLeft: (_, at) => at - 1,
  ArrowRight: (_, at) => at + 1,
  ArrowUp: (layout, at) => moveByLines(layout, at, -1),
  ArrowDown: (layout, at) => moveByLines(layout, at, 1),
  PageUp: (layout, at, page) => moveByLines(layout, at, -page),
  PageDown: (layout, at, page) => moveByLines(layout, at, page),
  Home: () => 0,
  End: ({ tiles }) => tiles.length - 1,
};

/** Index of the tile that a key selects; `undefined` if the key does not move the selection. */
export function moveSelection(
  key: string,
  layout: SheetLayout,
  at: number | undefined,
  page: number,
): number | undefined {
  const step = Object.hasOwn(moveByKey, key) ? moveByKey[key] : undefined;
  if (step === undefined || layout.tiles.length === 0) {
    return undefined;
  }
  // Without a selection, an arrow selects the first tile.
  const to = at === undefined && key.startsWith("Arrow") ? 0 : step(layout, at ?? 0, Math.max(1, page));
  return Math.min(layout.tiles.length - 1, Math.max(0, to));
}

/** Index of the n-th picture of the same job; `undefined` if it is not shown. */
export function indexOfNth({ tiles }: SheetLayout, at: number, number: number): number | undefined {
  const job = tiles[at]?.job.id;
  const to = tiles.findIndex((tile) => tile.job.id === job && tile.number === number);
  return to < 0 ? undefined : to;
}
