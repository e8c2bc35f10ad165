/** A line of a text without its line break. Offsets are in UTF-16 code units. */
export interface Line {
  readonly start: number;
  /** Offset of the line break, or of the end of the text. */
  readonly end: number;
  readonly text: string;
}

/** The lines of a text, at least one. */
export function linesOf(text: string): readonly Line[] {
  let start = 0;
  return text.split("\n").map((raw, index, all) => {
    const line = index < all.length - 1 && raw.endsWith("\r") ? raw.slice(0, -1) : raw;
    const found = { start, end: start + line.length, text: line };
    start += raw.length + 1;
    return found;
  });
}

const noLine: Line = { start: 0, end: 0, text: "" };

/** The index of the line that contains the offset. */
export function lineIndexAt(lines: readonly Pick<Line, "start">[], offset: number): number {
  let [low, high] = [0, lines.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    [low, high] = (lines[middle]?.start ?? 0) <= offset ? [middle, high] : [low, middle - 1];
  }
  return low;
}

/** The line that contains the offset. */
export const lineAt = (lines: readonly Line[], offset: number): Line => lines[lineIndexAt(lines, offset)] ?? noLine;

/** Spaces and tabs at the start of a line. */
export const indentOf = (line: string): string => /^[ \t]*/.exec(line)?.[0] ?? "";

/** Whether a text is empty or only white space. */
export const isBlank = (text: string): boolean => text.trim() === "";

/** The line break of a text: a document of VS Code has only one kind. */
export const lineBreakOf = (text: string): string => (text.includes("\r\n") ? "\r\n" : "\n");
