import { indentOf, isBlank, type Line, lineAt, lineBreakOf, lineIndexAt, linesOf } from "./lines.ts";
import { insertPath, type LinkEdit, type LinkedText, type LinkForms, linkLines } from "./linkEdit.ts";
import {
  type InlineSyntax,
  type LinkSyntax,
  linkSyntaxOf,
  type MarkupSyntax,
  type ParagraphSyntax,
} from "./linkSyntax.ts";
import { scanMarkup } from "./markupTokens.ts";
import {
  commentText,
  type EmptyLinkPatterns,
  emptyLinks,
  isPlaceholderComment,
  isPlaceholderLine,
} from "./placeholderText.ts";
import { placeLinks } from "./placement.ts";
import { tokensOf } from "./tokens.ts";

/** A comment, a text or an empty link that stands for a picture. */
export interface Placeholder {
  /** Offsets of what is replaced, in UTF-16 code units. */
  readonly start: number;
  readonly end: number;
  /** What it says, on one line. */
  readonly words: string;
  /** Index of its line. */
  readonly line: number;
  /** Whether only its path is replaced. */
  readonly isPath: boolean;
}

type Candidate = Omit<Placeholder, "line">;

/** A part of a text. */
interface TextRange {
  readonly start: number;
  readonly end: number;
}

/** Length of the searched part of a document, in UTF-16 code units. */
const maxLength = 1_000_000;

/** Longest comment that may be a placeholder, in UTF-16 code units. */
const maxCommentLength = 500;

/** How many lines a placeholder may be away from the cursor if the document has others. */
const maxDistance = 3;

/** Whether one of the ranges, which are in order and do not overlap, contains another range. */
function isCovered(ranges: readonly TextRange[], { start, end }: TextRange): boolean {
  const range = ranges[lineIndexAt(ranges, start)];
  return range !== undefined && range.start <= start && end <= range.end;
}

/** A comment as a candidate, if it stands for a picture. */
function commentAt(text: string, { start, end }: TextRange): readonly Candidate[] {
  const words = end - start <= maxCommentLength ? commentText(text.slice(start, end)) : "";
  return isPlaceholderComment(words) ? [{ start, end, words, isPath: false }] : [];
}

/** A text as a candidate, if it stands for a picture. */
function textAt(text: string, range: TextRange): readonly Candidate[] {
  const part = text.slice(range.start, range.end);
  const words = part.trim();
  const start = range.start + part.indexOf(words);
  return isPlaceholderLine(words) ? [{ start, end: start + words.length, words, isPath: false }] : [];
}

function candidatesInMarkup(text: string, syntax: MarkupSyntax, lines: readonly Line[]): readonly Candidate[] {
  const { tokens, code } = scanMarkup(text, syntax);
  const comments = tokens.filter(({ kind, isInCode }) => kind === "comment" && !isInCode);
  const others = [...tokens, ...code].sort((one, other) => one.start - other.start);
  // The texts between all tokens, each line on its own.
  let offset = 0;
  const gaps: TextRange[] = [];
  for (const { start, end } of [...others, { start: text.length, end: text.length }]) {
    if (start > offset) {
      gaps.push({ start: offset, end: start });
    }
    offset = Math.max(offset, end);
  }
  const texts = gaps.flatMap((gap) =>
    lines
      .slice(lineIndexAt(lines, gap.start), lineIndexAt(lines, gap.end) + 1)
      .map((line) => ({ start: Math.max(gap.start, line.start), end: Math.min(gap.end, line.end) }))
      .filter(({ start, end }) => start < end),
  );
  return [...comments.flatMap((range) => commentAt(text, range)), ...texts.flatMap((range) => textAt(text, range))];
}

function candidatesInParagraphs(text: string, syntax: ParagraphSyntax, lines: readonly Line[]): readonly Candidate[] {
  const tokens = tokensOf(text, syntax.tokens);
  const comments = tokens.filter(({ kind }) => kind === "comment" || kind === "lineComment");
  const tokenLines = new Set<number>();
  for (const { start, end } of tokens) {
    const last = lineIndexAt(lines, end);
    for (let index = lineIndexAt(lines, start); index <= last; index++) {
      tokenLines.add(index);
    }
  }
  const texts = lines
    .filter((line, index) => line.text.length < maxCommentLength && !tokenLines.has(index))
    .map((line) => {
      const quote = syntax.quote?.exec(line.text)?.[0].length ?? 0;
      const item = syntax.listItem?.exec(line.text.slice(quote))?.[0].length ?? 0;
      return { start: line.start + quote + item, end: line.end };
    });
  return [...comments.flatMap((range) => commentAt(text, range)), ...texts.flatMap((range) => textAt(text, range))];
}

/** Comments in values of declarations: elsewhere in a style sheet, a link alone is not valid. */
const candidatesInStyles = (text: string, { tokens }: InlineSyntax): readonly Candidate[] =>
  tokensOf(text, tokens)
    .filter(({ kind, start }) => kind === "comment" && /:[^;{}]*$/.test(text.slice(Math.max(0, start - 500), start)))
    .flatMap((range) => commentAt(text, range));

/** Links to nothing, outside of comments and code. */
function emptyLinksIn(text: string, { whole, path }: EmptyLinkPatterns): readonly Candidate[] {
  const wholes = [...(whole === undefined ? [] : text.matchAll(whole))].map(({ 0: match, index }) => ({
    start: index,
    end: index + match.length,
    words: match,
    isPath: false,
  }));
  const paths = [...text.matchAll(path)].map(({ 0: match, 1: before = "", 2: value = "", index }) => {
    const start = index + before.length;
    return { start, end: start + value.length, words: match.trim(), isPath: true };
  });
  return [...wholes, ...paths.filter((each) => !isCovered(wholes, each))];
}

/** Comments, strings and code, in which an empty link is no placeholder. */
function hiddenRanges(text: string, syntax: LinkSyntax): readonly TextRange[] {
  return syntax.layout === "markup"
    ? scanMarkup(text, syntax).tokens.filter(({ kind }) => /comment|string/i.test(kind))
    : tokensOf(text, syntax.tokens).filter(({ kind }) => kind !== "path");
}

function candidatesOf({ text, languageId }: LinkedText, lines: readonly Line[]): readonly Candidate[] {
  const syntax = linkSyntaxOf(languageId);
  const patterns = Object.entries(emptyLinks).find(([id]) => id === languageId)?.[1];
  if (syntax === undefined || patterns === undefined) {
    return [];
  }
  const hidden = hiddenRanges(text, syntax);
  const links = emptyLinksIn(text, patterns).filter((link) => !isCovered(hidden, link));
  switch (syntax.layout) {
    case "markup":
      return [...candidatesInMarkup(text, syntax, lines), ...links];
    case "paragraphs":
      return [...candidatesInParagraphs(text, syntax, lines), ...links];
    default:
      return [...candidatesInStyles(text, syntax), ...links];
  }
}

/**
 * The placeholder for a picture that belongs to an offset: on its line, or at most three lines away
 * without a blank line between; or the only one of the document. Searches the first megabyte of
 * documents with a link format.
 */
export function findPlaceholder(document: LinkedText, offset: number): Placeholder | undefined {
  const text = document.text.slice(0, maxLength);
  const lines = linesOf(text);
  const placeholders = candidatesOf({ ...document, text }, lines).map((candidate) => ({
    ...candidate,
    line: lineIndexAt(lines, candidate.start),
  }));
  const current = lineIndexAt(lines, Math.min(offset, text.length));
  const distance = ({ line }: Placeholder) => Math.abs(line - current);
  const isInSameBlock = ({ line }: Placeholder) =>
    lines.slice(Math.min(line, current) + 1, Math.max(line, current)).every((each) => !isBlank(each.text));
  const [nearest] = placeholders
    .filter((each) => offset <= text.length && distance(each) <= maxDistance && isInSameBlock(each))
    .sort((one, other) => distance(one) - distance(other));
  const isOnly = placeholders.length === 1 && document.text.length <= maxLength;
  return nearest ?? (isOnly ? placeholders[0] : undefined);
}

/** The edit that replaces a placeholder with links, laid out as if it had never been there. */
export function replacePlaceholder(
  document: LinkedText,
  { start, end, isPath }: Placeholder,
  links: readonly LinkForms[],
): LinkEdit {
  if (isPath) {
    return insertPath(links, start, end);
  }
  const { text } = document;
  const without = text.slice(0, start) + text.slice(end);
  const isMarkup = linkSyntaxOf(document.languageId)?.layout === "markup";
  const edit = placeLinks({ ...document, text: without }, start, links);
  const isOnlyText = isMarkup || isBlank(lineAt(linesOf(without), start).text);
  if (isOnlyText && edit.start <= start && start <= edit.end) {
    return { ...edit, end: edit.end + end - start };
  }
  // Inside a sentence or list item: the links take the place of the words.
  const indent = indentOf(lineAt(linesOf(text), start).text);
  return { start, end, text: linkLines(links, lineBreakOf(text), indent) };
}
