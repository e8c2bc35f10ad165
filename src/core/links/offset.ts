/**
 * A part of a text that was replaced, in UTF-16 code units, as VS Code's
 * `TextDocumentContentChangeEvent` describes it.
 */
export interface TextChange {
  /** Where the replaced part began, in the text before the edit. */
  readonly rangeOffset: number;
  /** Length of the replaced part; 0 for an insertion. */
  readonly rangeLength: number;
  readonly text: string;
}

/**
 * Moves an offset along with one edit, whose changes all refer to the text before it and do not
 * overlap.
 *
 * What is inserted at the very place goes behind it. If the text around the place was replaced, it
 * stays as far inside the new text as that reaches; if it was deleted, it is where the deletion
 * was.
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
