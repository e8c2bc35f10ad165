import { type LoadedSheet, rowIndexOf, type TileRow } from "./loadedSheet.ts";

/** Index of a tile, or that its row is not loaded yet. */
type Target = number | "unloaded";

/**
 * Index of the tile `lines` lines further, in the same column or the last one of a shorter line.
 */
function moveByLines(sheet: LoadedSheet, at: number, lines: number): Target {
  const { rows, firstRow, rowCount } = sheet;
  const all = rows.filter((row): row is TileRow => row.kind === "tiles" && row.tiles.length > 0);
  const current = all.findIndex(({ first, tiles }) => at >= first && at < first + tiles.length);
  const [to, last] = [current + lines, all.length - 1];
  const isAfterEnd = to > last && firstRow + rows.length < rowCount;
  if (current < 0 || isAfterEnd || (to < 0 && firstRow > 0)) {
    return "unloaded";
  }
  const [currentRow, targetRow] = [all[current], all[Math.min(last, Math.max(0, to))]];
  return currentRow === undefined || targetRow === undefined || targetRow === currentRow
    ? at
    : targetRow.first + Math.min(at - currentRow.first, targetRow.tiles.length - 1);
}

/** The new index for each key. `page` is the number of lines that fit into the view. */
const moveByKey: Readonly<Record<string, (sheet: LoadedSheet, at: number, page: number) => Target>> = {
  ArrowLeft: (_, at) => at - 1,
  ArrowRight: (_, at) => at + 1,
  ArrowUp: (sheet, at) => moveByLines(sheet, at, -1),
  ArrowDown: (sheet, at) => moveByLines(sheet, at, 1),
  PageUp: (sheet, at, page) => moveByLines(sheet, at, -page),
  PageDown: (sheet, at, page) => moveByLines(sheet, at, page),
  Home: () => 0,
  End: ({ tileCount }) => tileCount - 1,
};

/** Whether the key moves the selection. */
export const isMoveKey = (key: string): boolean => Object.hasOwn(moveByKey, key);

/** Selects the first picture if none is selected. */
export const selectFirstKey = "";
/** Selects the active picture, or not any more. */
export const toggleKey = " ";

/** Whether the key can select a picture. */
export const isSelectKey = (key: string): boolean =>
  key === selectFirstKey || key === toggleKey || isMoveKey(key) || /^[1-9]$/u.test(key);

/**
 * Index of the tile that a key selects; `undefined` if the key does not move the selection. The
 * tile at the index may not be loaded.
 */
function moveSelection(key: string, sheet: LoadedSheet, at: number | undefined, page: number): Target | undefined {
  const step = isMoveKey(key) ? moveByKey[key] : undefined;
  if (step === undefined || sheet.tileCount === 0) {
    return undefined;
  }
  // Without a selection, an arrow selects the first tile.
  const to = at === undefined && key.startsWith("Arrow") ? 0 : step(sheet, at ?? 0, Math.max(1, page));
  return to === "unloaded" ? to : Math.min(sheet.tileCount - 1, Math.max(0, to));
}

/**
 * Index of the n-th picture of the same job; `undefined` if it is not shown. All pictures of a job
 * are loaded together.
 */
function indexOfNth(sheet: LoadedSheet, at: number, number: number): Target | undefined {
  if (rowIndexOf(sheet, at) === undefined) {
    return "unloaded";
  }
  const { tiles, firstTile } = sheet;
  const job = tiles[at - firstTile]?.job.id;
  const to = tiles.findIndex((tile) => tile.job.id === job && tile.number === number);
  return to < 0 ? undefined : firstTile + to;
}

/** What is selected now. */
interface SelectedTile {
  /** Index of its tile. */
  readonly at: number | undefined;
  readonly isSelected: boolean;
  /** Number of lines that fit into the view. */
  readonly page: number;
}

/** Index of the tile that a key selects; `undefined` if it selects none. */
export function targetOfKey(
  key: string,
  sheet: LoadedSheet,
  { at, isSelected, page }: SelectedTile,
): Target | undefined {
  if (key === selectFirstKey) {
    return isSelected || sheet.tileCount === 0 ? undefined : 0;
  }
  if (key === toggleKey) {
    return at;
  }
  return /^[1-9]$/u.test(key) ? indexOfNth(sheet, at ?? 0, Number(key)) : moveSelection(key, sheet, at, page);
}
