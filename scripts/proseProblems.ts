import { type CodePiece, codePieces } from "./codePieces.ts";
import { type ForbiddenWords, forbiddenWords } from "./forbiddenWords.ts";

/** The last column that a comment may reach. */
const maxColumns = 100;

/** The columns of a tab. */
const tab = " ".repeat(4);

/** A place in a file that breaks a rule of wording. */
export interface ProseProblem {
  /** Counted from 1. */
  readonly line: number;
  readonly message: string;
}

/** A problem before its line is counted. */
interface FoundProblem {
  readonly offset: number;
  readonly message: string;
}

/** A part of a file, with its place. */
type Piece = Pick<CodePiece, "kind" | "offset" | "text">;

const cssPiece = /(?<comment>\/\*[\s\S]*?\*\/)|[\p{L}_][\p{L}\d_-]*/gu;

function splitIntoPieces(path: string, text: string): readonly Piece[] {
  if (/\.(?:ts|mts|mjs|js)$/u.test(path)) return codePieces(text);
  if (!path.endsWith(".css")) return [{ kind: "text", text, offset: 0 }];
  return [...text.matchAll(cssPiece)].map(({ 0: piece, groups, index }) => ({
    kind: groups?.comment === undefined ? "name" : "comment",
    text: piece,
    offset: index,
  }));
}

/** An expression that finds terms, and the rows that they are from. */
interface TermPattern {
  readonly pattern: RegExp;
  readonly rows: readonly ForbiddenWords[];
}

/** Finds the terms of some rows, in the singular and the plural, between two expressions. */
function termPattern(
  places: readonly ForbiddenWords["where"][],
  { start, end, space = " " }: { readonly start: string; readonly end: string; readonly space?: string },
): TermPattern {
  const rows = forbiddenWords.filter(({ where }) => places.includes(where));
  const terms = rows.flatMap((row) => row.terms).join("|");
  return { pattern: new RegExp(`${start}(?:${terms.replaceAll(" ", space)})(?:e?s)?${end}`, "gu"), rows };
}

/** In prose, a space also stands for a hyphen and for the end of a comment's line. */
const inProse = termPattern(["prose", "everywhere"], {
  start: "(?<![\\p{L}\\d_$])",
  end: "(?![\\p{L}\\d_$])",
  space: "(?:-|\\s+(?:(?:\\*|//)\\s+)?)",
});
/** These match the words of a name, with a space at both ends. */
const asPartOfName = termPattern(["part", "everywhere"], { start: " ", end: "(?= )" });
const asWholeName = termPattern(["name"], { start: "^ ", end: " $" });
const asEndOfType = termPattern(["type"], { start: " ", end: " $" });

/** A name of code in a text, as in a path or a quoted key. */
const nameInProse = /[\p{L}\d_$]*(?:\p{Ll}\p{Lu}|_|\p{L}\d)[\p{L}\d_$]*/gu;

/** `SaveLocation2` and `save-location-2` → ` save location 2 `. */
const wordsOfName = (name: string): string =>
  ` ${name
    .replaceAll(/(\p{Ll})(?=\p{Lu})|(\p{Lu})(?=\p{Lu}\p{Ll})|(\D)(?=\d)/gu, "$1$2$3 ")
    .replaceAll(/[^\p{L}\d]+/gu, " ")
    .trim()
    .toLowerCase()} `;

function describeTerm(found: string, rows: readonly ForbiddenWords[]): string {
  const term = found.replaceAll(/[^\p{L}]+/gu, " ").trim();
  const isTerm = (one: string) => [one, `${one}s`, `${one}es`].includes(term);
  return `“${term}” is not a word of this project; use ${rows.find(({ terms }) => terms.some(isTerm))?.use}`;
}

const findTerms = ({ pattern, rows }: TermPattern, text: string, offset = 0): readonly FoundProblem[] =>
  [...text.matchAll(pattern)].map(({ 0: found, index }) => ({
    offset: offset + index,
    message: describeTerm(found, rows),
  }));

/** The messages for names. Most names are used many times. */
const messagesByName = new Map<string, readonly string[]>();

function checkName(name: string): readonly string[] {
  const known = messagesByName.get(name);
  if (known !== undefined) return known;
  const patterns = [asPartOfName, asWholeName, ...(/^\p{Lu}/u.test(name) ? [asEndOfType] : [])];
  const messages = patterns.flatMap((pattern) => findTerms(pattern, wordsOfName(name))).map(({ message }) => message);
  messagesByName.set(name, messages);
  return messages;
}

const findInName = (name: string, offset: number): readonly FoundProblem[] =>
  checkName(name).map((message) => ({ offset, message }));

const findInProse = (text: string, offset: number): readonly FoundProblem[] => [
  ...findTerms(inProse, text.toLowerCase(), offset),
  ...[...text.matchAll(nameInProse)].flatMap(({ 0: name, index }) => findInName(name, offset + index)),
];

/** In a template: a comment of HTML, and one of CSS at the start of a line. */
const commentInTemplate = /<!--[\s\S]*?(?:-->|(?![\s\S]))|(?<=^\s*)\/\*[\s\S]*?(?:\*\/|(?![\s\S]))/gmu;

/** Finds the lines on which a comment goes beyond the last column. Code after it does not count. */
function findLongLines(file: string, comment: string, offset: number): readonly FoundProblem[] {
  const start = file.lastIndexOf("\n", offset - 1) + 1;
  let end = start;
  return (file.slice(start, offset) + comment).split("\n").flatMap((line) => {
    const lineStart = end;
    end += line.length + 1;
    const columns = line.replaceAll("\t", tab).length;
    const message = `the comment has ${columns} columns, and may have ${maxColumns}`;
    return columns > maxColumns ? [{ offset: lineStart, message }] : [];
  });
}

function findInPiece(file: string, { kind, text, offset }: Piece): readonly FoundProblem[] {
  if (kind === "name") return findInName(text, offset);
  const comments =
    kind === "comment" ? [{ 0: text, index: 0 }] : kind === "template" ? text.matchAll(commentInTemplate) : [];
  const longLines = [...comments].flatMap(({ 0: comment, index }) => findLongLines(file, comment, offset + index));
  return [...longLines, ...findInProse(text, offset)];
}

/** The names in a path are checked like those in code. */
const findInPath = (path: string): readonly FoundProblem[] =>
  path.split(/[/.]/u).flatMap((name) => findInName(name, 0));

/**
 * Returns the places of a file that break the rules of wording. The extension of `path` decides
 * whether it is code.
 */
export function proseProblems(path: string, text: string): readonly ProseProblem[] {
  return [...findInPath(path), ...splitIntoPieces(path, text).flatMap((piece) => findInPiece(text, piece))]
    .map(({ offset, message }) => ({ line: text.slice(0, offset).split("\n").length, message }))
    .sort((one, other) => one.line - other.line);
}
