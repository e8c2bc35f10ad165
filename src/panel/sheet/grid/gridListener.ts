import type { SelectMode } from "../selection.ts";
import type { SheetEntry } from "../sheetEntries.ts";

/** Events of the grid. `x` and `y` are px in the view. */
export interface GridListener {
  /** Called when the grid gets the focus by code. */
  onFocus(): void;
  /** Called with the first and the last row in view. */
  onVisible(first: number, last: number): void;
  /** Called with the picture that is clicked, and what the modifier keys say. */
  onSelect(entry: SheetEntry, mode: SelectMode | undefined): void;
  onOpen(entry: SheetEntry): void;
  onMenu(entry: SheetEntry, x: number, y: number): void;
}
