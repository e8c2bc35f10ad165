import { type ForbiddenWords, forbiddenWords } from "./forbiddenWords.ts";

/** The longest line that may hold nothing but a comment. */
const maxColumns = 100;

/** A place in a file that breaks a rule of wording. */
export interface ProseProblem {
  /** Counted from 1. */
  readonly line: number;
  readonly message: string;
}

/** A piece of a file: a text for readers, or a name in the code. */
interface Piece {
  readonly kind: "name" | "prose";
  readonly text: string;
  readonly offset: number;
}

/** Comments, strings, regular expressions and names, in this order of groups. */
const codeToken =
  /(\/\/[^\n]*|\/\*[\s\S]*?\*\/|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\[\s\S])*`)|((?<=[(,=:[!&|?{};\n]\s*)\/(?![*/])(?:[^\\/[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/[a-z]*)|([\p{L}_$][\p{L}\d_$]*)/gu;

const isCode = (path: string): boolean => /\.(ts|mts|mjs)$/u.test(path);

function splitIntoPieces(path: string, text: string): readonly Piece[] {
  if (!isCode(path)) return [{ kind: "prose", text, offset: 0 }];
  return [...text.matchAll(codeToken)].flatMap(({ 1: prose, 3: name, index: offset }): Piece[] => {
    if (prose !== undefined) return [{ kind: "prose", text: prose, offset }];
    return name === undefined ? [] : [{ kind: "name", text: name, offset }];
  });
}

/** `SaveLocation2` → ` save location 2 `. */
const wordsOfName = (name: string): string =>
  ` ${name.replaceAll(/(\p{Ll})(?=\p{Lu})|(\p{Lu})(?=\p{Lu}\p{Ll})|(\D)(?=\d)|[_$]/gu, "$1$2$3 ").toLowerCase()} `;

/** Matches each term as whole words; a space also stands for the end of a comment's line. */
const prosePattern = ({ terms }: ForbiddenWords): RegExp =>
  new RegExp(`(?<![\\p{L}-])(?:${terms.join("|").replaceAll(" ", "(?:\\s|\\s\\*\\s|\\s//\\s)+")})(?![\\p{L}-])`, "giu");

const rules = forbiddenWords.map((row) => ({ ...row, pattern: prosePattern(row) }));

function offsetsOfTerm(piece: Piece, { terms, where, pattern }: (typeof rules)[number]): readonly number[] {
  if (piece.kind === "prose") {
    if (where !== "prose" && where !== "everywhere") return [];
    return [...piece.text.matchAll(pattern)].map(({ index }) => piece.offset + index);
  }
  const words = wordsOfName(piece.text);
  const isMatch = terms.some((term) => (where === "name" ? words === ` ${term} ` : words.includes(` ${term} `)));
  return where !== "prose" && isMatch ? [piece.offset] : [];
}

function longComments(path: string, text: string): readonly ProseProblem[] {
  if (!isCode(path)) return [];
  return text.split("\n").flatMap((line, index) => {
    const isLong = /^\s*(\/\/|\/\*|\*)/u.test(line) && line.length > maxColumns;
    const message = `the comment has ${line.length} columns, and may have ${maxColumns}`;
    return isLong ? [{ line: index + 1, message }] : [];
  });
}

/**
 * Returns the places that break the rules of wording. The extension of `path` decides whether it is
 * code.
 */
export function proseProblems(path: string, text: string): readonly ProseProblem[] {
  const pieces = splitIntoPieces(path, text);
  const forbidden = rules.flatMap((rule) =>
    pieces.flatMap((piece) =>
      offsetsOfTerm(piece, rule).map((offset) => ({
        line: text.slice(0, offset).split("\n").length,
        message: `“${rule.terms[0]}” is not a word of this project; use ${rule.use}`,
      })),
    ),
  );
  return [...longComments(path, text), ...forbidden].sort((one, other) => one.line - other.line);
}
