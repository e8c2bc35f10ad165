import type { SelectMode } from "../selection.ts";
import { isSamePicture, type SheetEntry } from "../sheetEntries.ts";
import { startDrag } from "./drag.ts";
import type { GridListener } from "./gridListener.ts";
import { tileRef } from "./gridTiles.ts";
import type { LoadedSheet } from "./loadedSheet.ts";

/** The grid, as far as the mouse concerns it. */
interface MouseGrid {
  readonly sheet: LoadedSheet;
  readonly listener: GridListener | undefined;
  takeFocus(): void;
}

/** What a click selects besides its tile, as in VS Code's lists. */
const modeOf = ({ shiftKey, ctrlKey, metaKey }: MouseEvent): SelectMode | undefined =>
  shiftKey ? "extend" : ctrlKey || metaKey ? "toggle" : undefined;

/** What the mouse does with the tiles of a grid. */
export class GridMouse {
  readonly #grid: MouseGrid;
  /**
   * The picture under the first click of a double click: that click may have closed a menu over
   * another picture.
   */
  #lastClicked: SheetEntry | undefined;

  constructor(grid: MouseGrid) {
    this.#grid = grid;
  }

  readonly onClick = (event: MouseEvent): void => {
    const entry = this.#entryAt(event);
    this.#lastClicked = event.detail < 2 ? entry : this.#lastClicked;
    if (entry !== undefined) {
      this.#grid.listener?.onSelect(entry, modeOf(event));
    }
  };

  readonly onDoubleClick = (event: MouseEvent): void => {
    const entry = this.#entryAt(event);
    if (entry !== undefined && isSamePicture(entry, this.#lastClicked) && modeOf(event) === undefined) {
      this.#grid.listener?.onOpen(entry);
    }
  };

  readonly onMenu = (event: MouseEvent): void => {
    const entry = this.#entryAt(event);
    if (entry !== undefined) {
      event.preventDefault();
      this.#grid.takeFocus();
      this.#grid.listener?.onMenu(entry, event.clientX, event.clientY);
    }
  };

  readonly onDrag = (event: DragEvent): void => startDrag(event, this.#entryAt(event));

  #entryAt({ target }: Event): SheetEntry | undefined {
    const element = target instanceof Element ? target.closest<HTMLElement>(".tile:not(.waiting)") : undefined;
    if (!element) {
      return undefined;
    }
    const { job, picture } = tileRef(element);
    return this.#grid.sheet.tiles.find((entry) => entry.job.id === job && entry.picture.id === picture);
  }
}
