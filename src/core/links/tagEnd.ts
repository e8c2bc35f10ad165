/** Longest code in braces, in UTF-16 code units. */
const maxBraces = 10_000;

/** How many braces without an end are searched through in a document. */
const maxMisses = 100;

/** Counts braces without an end, so that a document full of them does not take long. */
export interface BraceMisses {
  count: number;
}

/** The offset behind a string; `undefined` if it does not end on its line. */
function stringEnd(text: string, start: number): number | undefined {
  const quote = text.charAt(start);
  for (let at = start + 1; at < text.length; at++) {
    const character = text.charAt(at);
    if (character === quote) {
      return at + 1;
    }
    if (character === "\n" && quote !== "`") {
      return undefined;
    }
    at += character === "\\" ? 1 : 0;
  }
  return undefined;
}

/** The offset behind the brace that closes the one at `start`; `undefined` if it is too far. */
export function bracesEnd(text: string, start: number, misses: BraceMisses): number | undefined {
  const end = misses.count < maxMisses ? Math.min(text.length, start + maxBraces) : start;
  let depth = 0;
  for (let at = start; at < end; at++) {
    const character = text.charAt(at);
    if (/["'`]/.test(character)) {
      at = (stringEnd(text, at) ?? at + 1) - 1;
    } else if (character === "{") {
      depth++;
    } else if (character === "}" && --depth === 0) {
      return at + 1;
    }
  }
  misses.count++;
  return undefined;
}

/** A part of a tag: a quoted value, or a value in braces. Offsets are those of its delimiters. */
export interface TagValue {
  readonly isQuoted: boolean;
  readonly start: number;
  readonly end: number;
}

/** Where a tag ends, and its values. */
export interface TagContent {
  readonly end: number;
  readonly values: readonly TagValue[];
}

/**
 * Reads a tag to its `>`; `undefined` if it has none before the next tag.
 *
 * @param start offset of its `<`.
 * @param misses if a value may be code in braces.
 */
export function readTag(text: string, start: number, misses?: BraceMisses): TagContent | undefined {
  const values: TagValue[] = [];
  for (let at = start + 1; at < text.length; at++) {
    const character = text.charAt(at);
    const isQuoted = character === '"' || character === "'";
    if (isQuoted || (misses !== undefined && character === "{")) {
      const end = isQuoted || misses === undefined ? text.indexOf(character, at + 1) + 1 : bracesEnd(text, at, misses);
      if (end === undefined || end === 0) {
        return undefined;
      }
      values.push({ isQuoted, start: at, end });
      at = end - 1;
    } else if (character === ">") {
      return { end: at + 1, values };
    } else if (character === "<") {
      return undefined;
    }
  }
  return undefined;
}
