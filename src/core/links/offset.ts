/**
 * One replacement in a text, in UTF-16 code units, like VS Code's `TextDocumentContentChangeEvent`.
 */
export interface TextChange {
  /** Start of the replaced part, in the text before the edit. */
  readonly rangeOffset: number;
  /** Length of the replaced part; 0 for an insertion. */
  readonly rangeLength: number;
  readonly text: string;
}

/**
 * The offset after an edit, whose changes all refer to the text before it and do not overlap.
 *
 * Text inserted at the offset goes behind it. If the text around the offset was replaced, it stays
 * as far inside the new text as possible; if that text was deleted, it is at the deletion.
 */
export function shiftOffset(offset: number, changes: readonly TextChange[]): number {
  const shifts = changes.map(({ rangeOffset, rangeLength, text }) => {
    if (rangeOffset >= offset) {
      return 0;
    }
    const inside = offset - rangeOffset;
    return inside >= rangeLength ? text.length - rangeLength : Math.min(inside, text.length) - inside;
  });
  return offset + shifts.reduce((sum, move) => sum + move, 0);
}
