import { indentOf, isBlank, type Line, lineAt, lineBreakOf, lineIndexAt, linesOf } from "./lines.ts";
import { insertInline, insertPath, type LinkEdit, type LinkedText, type LinkForms, linkLines } from "./linkEdit.ts";
import { type MarkupSyntax, scriptTokens } from "./linkSyntax.ts";
import type { CodeRange, MarkupScan, MarkupToken } from "./markupScan.ts";
import { scanMarkup } from "./markupTokens.ts";
import { isInToken, tokensOf } from "./tokens.ts";

/** Elements inside a sentence. Source: HTML, “Phrasing content”. */
const inlineElements =
  /^(?:abbr|a|bdi|bdo|br|button|b|cite|code|data|del|dfn|em|input|ins|i|kbd|label|mark|q|samp|select|small|span|strong|sub|sup|s|time|u|var|wbr)$/;

/** Elements that hold text and no block, so a link goes behind them. */
const textElements = /^(?:p|h[1-6]|caption|dt|figcaption|legend|summary)$/;

/** Attributes that never hold a path. */
const textAttribute =
  /(?:^|[\s"'}])(?:class|className|id|alt|title|name|type|role|lang|for|htmlFor|key|on\w+|aria-[\w-]+)\s*=\s*$/i;

/** A document and what is inserted into it. */
interface MarkupContext {
  readonly text: string;
  readonly lines: readonly Line[];
  readonly scan: MarkupScan;
  readonly indentUnit: string;
  readonly links: readonly LinkForms[];
}

/** The tokens around an offset between which a link may stand on its own line. */
interface Separators {
  readonly left: MarkupToken | undefined;
  readonly right: MarkupToken | undefined;
}

const contains = ({ kind, start, end }: MarkupToken, offset: number): boolean =>
  start < offset && (kind === "lineComment" ? offset <= end : offset < end);

const codeAt = ({ code }: MarkupScan, offset: number): CodeRange | undefined =>
  code.find(({ start, end }) => start <= offset && offset <= end);

const isInCode = (scan: MarkupScan, offset: number): boolean => codeAt(scan, offset) !== undefined;

/** The links as the language of the offset writes them: a style sheet or a script has no tags. */
function linksFor({ scan, links }: MarkupContext, offset: number): readonly LinkForms[] {
  const language = codeAt(scan, offset)?.language ?? "withTags";
  return language === "withTags"
    ? links
    : links.map(({ path }) => ({ path, markup: language === "style" ? `url("${path}")` : `"${path}"` }));
}

/** Whether the token ends a sentence. An expression does if it has several lines. */
function isSeparator({ kind, tag, start, end, isInCode }: MarkupToken, text: string): boolean {
  switch (kind) {
    case "tag":
      return tag?.isRoot === true || !inlineElements.test(tag?.name ?? "");
    case "expression":
      return text.slice(start, end).includes("\n");
    case "comment":
      return !isInCode;
    default:
      return kind === "doctype" || kind === "block";
  }
}

/** Code that starts or continues a block: `{#if a}`, `{{else}}`, `<?php if ($a): ?>`. */
const blockStart = /^(?:\{\{?~?\s*[#:]|\{\{~?\s*else\b)|[:{]\s*\?>$/;

/** Code that ends a block: `{/if}`, `<?php endif ?>`. */
const blockEnd = /^(?:\{\{?~?\s*\/|<\?(?:php)?\s*(?:end|\}))/;

/** Whether the token starts an element or a block, whose content is indented. */
const opens = ({ kind, tag, start, end }: MarkupToken, text: string): boolean =>
  tag?.role === "open" || (kind === "block" && blockStart.test(text.slice(start, end)));

/** Whether the token ends an element or a block. */
const closes = ({ kind, tag, start, end }: MarkupToken, text: string): boolean =>
  tag?.role === "close" || (kind === "block" && blockEnd.test(text.slice(start, end)));

function separatorsAt({ text, scan: { tokens } }: MarkupContext, offset: number): Separators {
  const level = tokens.findLast((token) => token.opens !== undefined && contains(token, offset))?.opens ?? 0;
  const separators = tokens.filter((token) => token.level === level && isSeparator(token, text));
  return {
    left: separators.findLast(({ end }) => end <= offset),
    right: separators.find(({ start }) => start >= offset),
  };
}

/** The nearest line in a direction that is not blank. */
function visibleLine(lines: readonly Line[], index: number, step: 1 | -1): Line | undefined {
  for (let at = index + step; at >= 0 && at < lines.length; at += step) {
    const line = lines[at];
    if (line !== undefined && !isBlank(line.text)) {
      return line;
    }
  }
  return undefined;
}

/** The indentation of what is in an element or block: of its first line, or one level more. */
function contentIndent({ indentUnit }: MarkupContext, outer: string, nextLine: Line | undefined): string {
  const next = indentOf(nextLine?.text ?? "");
  return next.length > outer.length && next.startsWith(outer) ? next : `${outer}${indentUnit}`;
}

/** The indentation of a link on an empty line. */
function emptyLineIndent(context: MarkupContext, index: number, offset: number): string {
  const { text, lines, scan } = context;
  const [previous, next] = [visibleLine(lines, index, -1), visibleLine(lines, index, 1)];
  const previousIndent = indentOf(previous?.text ?? "");
  if (previous === undefined) {
    return indentOf(next?.text ?? "");
  }
  if (isInCode(scan, offset)) {
    const isOpen = /(?:[([{]|=>)\s*$/.test(previous.text);
    return isOpen ? contentIndent(context, previousIndent, next) : previousIndent;
  }
  const { left } = separatorsAt(context, offset);
  if (left === undefined || !isBlank(text.slice(left.end, offset))) {
    return previousIndent;
  }
  const outer = indentOf(lineAt(lines, left.start).text);
  return opens(left, text) ? contentIndent(context, outer, next) : outer;
}

/** Fills a blank line, whose white space is kept. */
function fillLine(context: MarkupContext, offset: number): LinkEdit {
  const { text, lines, links } = context;
  const index = lineIndexAt(lines, offset);
  const { start, end, text: blanks } = lineAt(lines, offset);
  const indent = blanks === "" ? emptyLineIndent(context, index, offset) : blanks;
  return { start, end, text: indent + linkLines(links, lineBreakOf(text), indent) };
}

/** The offsets of the first and behind the last visible character; equal if there is none. */
function trimmed(text: string, start: number, end: number): readonly [number, number] {
  const part = text.slice(start, end);
  const first = end - part.trimStart().length;
  return [first, Math.max(first, start + part.trimEnd().length)];
}

/** The part of a document between blank lines. */
function blockAround(lines: readonly Line[], offset: number): readonly [number, number] {
  let [first, last] = [lineIndexAt(lines, offset), lineIndexAt(lines, offset)];
  while (first > 0 && !isBlank(lines[first - 1]?.text ?? "")) {
    first--;
  }
  while (last < lines.length - 1 && !isBlank(lines[last + 1]?.text ?? "")) {
    last++;
  }
  return [lines[first]?.start ?? 0, lines[last]?.end ?? 0];
}

/**
 * Moves an offset out of a sentence: before it, if the offset is at its start, or else behind it.
 * Inline elements and expressions are parts of a sentence; a paragraph or heading ends with it.
 */
function leaveSentence(context: MarkupContext, offset: number): number {
  const { text, lines } = context;
  const { left, right } = separatorsAt(context, offset);
  const [blockStart, blockEnd] = blockAround(lines, offset);
  const [start, end] = trimmed(
    text,
    Math.max(left?.end ?? 0, blockStart),
    Math.min(right?.start ?? text.length, blockEnd),
  );
  if (start === end || offset <= start) {
    return offset;
  }
  const isEndOfElement =
    right?.tag?.role === "close" &&
    textElements.test(right.tag.name) &&
    !right.tag.isRoot &&
    isBlank(text.slice(end, right.start));
  return isEndOfElement ? right.end : end;
}

/** Puts the links on their own lines between what is before and behind the offset. */
function splitLine(context: MarkupContext, offset: number): LinkEdit {
  const { text, lines, links } = context;
  const lineBreak = lineBreakOf(text);
  const index = lineIndexAt(lines, offset);
  const line = lineAt(lines, offset);
  const [before, behind] = [text.slice(line.start, offset), text.slice(offset, line.end)];
  const { left, right } = separatorsAt(context, offset);
  const isBeforeEnd = right !== undefined && closes(right, text) && isBlank(text.slice(offset, right.start));
  const leftIndent = left === undefined ? "" : indentOf(lineAt(lines, left.start).text);
  if (isBlank(before)) {
    const isInEmpty = left !== undefined && opens(left, text) && isBlank(text.slice(left.end, offset));
    const lastIndent = isInEmpty
      ? contentIndent(context, leftIndent, undefined)
      : indentOf(visibleLine(lines, index, -1)?.text ?? "");
    const indent = isBeforeEnd && right.start < line.end ? lastIndent : indentOf(line.text);
    return { start: line.start, end: line.start, text: indent + linkLines(links, lineBreak, indent) + lineBreak };
  }
  const isOpened = left !== undefined && opens(left, text) && left.end > line.start;
  const outer = isOpened ? leftIndent : indentOf(line.text);
  const nextLine = isBlank(behind) ? visibleLine(lines, index, 1) : undefined;
  const indent = isOpened ? contentIndent(context, outer, nextLine) : outer;
  const rest = isBlank(behind) ? "" : `${lineBreak}${isOpened && isBeforeEnd ? outer : indent}`;
  return {
    start: line.start + before.trimEnd().length,
    end: line.end - (isBlank(behind) ? 0 : behind.trimStart().length),
    text: lineBreak + indent + linkLines(links, lineBreak, indent) + rest,
  };
}

/** Where a link goes if the offset is inside a tag: behind it, or a path into the value. */
function placeInTag(
  { text, links }: MarkupContext,
  { start, end, tag }: MarkupToken,
  { expressions }: MarkupSyntax,
  offset: number,
): number | LinkEdit {
  const value = tag?.values.find((each) => each.start < offset && offset < each.end);
  const isText = textAttribute.test(text.slice(start, value?.start ?? start));
  if (value !== undefined && !isText && (value.isQuoted || expressions === "code")) {
    const tokens = value.isQuoted ? [] : tokensOf(text, scriptTokens, value.start + 1, value.end - 1);
    const token = tokens.find((each) => isInToken(each, offset));
    const isPath = value.isQuoted || token?.kind === "path";
    return isPath ? insertPath(links, offset) : token === undefined ? insertInline(text, offset, links) : end;
  }
  return tag?.role === "close" && tag.isRoot ? start : end;
}

/** A link in code stays where it is, except in a comment. */
function placeInCode({ text, lines, links }: MarkupContext, offset: number, isAfterComment: boolean): LinkEdit {
  const line = lineAt(lines, offset);
  if (!isAfterComment || !isBlank(text.slice(offset, line.end))) {
    return insertInline(text, offset, links, isAfterComment);
  }
  const newLine = lineBreakOf(text) + indentOf(line.text);
  return { start: line.end, end: line.end, text: newLine + linkLines(links, lineBreakOf(text), indentOf(line.text)) };
}

/** The token that a link must leave; `undefined` in text and in code. */
function innermostToken(scan: MarkupScan, offset: number): MarkupToken | undefined {
  const token = scan.tokens.findLast((each) => each.kind !== "expression" && contains(each, offset));
  return token?.kind === "block" && isInCode(scan, offset) ? undefined : token;
}

/** An expression that only prints a name: it is a part of a sentence, not code to insert into. */
const nameAround = ({ tokens }: MarkupScan, text: string, offset: number): MarkupToken | undefined =>
  tokens.findLast(
    (token) =>
      token.kind === "expression" &&
      contains(token, offset) &&
      /^(?:\{|<\?=)\s*[\w$.>-]+\s*;?\s*(?:\}|\?>)$/.test(text.slice(token.start, token.end)),
  );

/**
 * The place of links in a document of tags.
 *
 * - A blank line is filled; an empty one gets the indentation of its neighbours.
 * - In a tag, comment or expression, the links go behind it; in the value of an attribute, only the
 *   paths are inserted.
 * - In a sentence, they go behind it, on their own lines; at its start, before it.
 * - In code they stay at the offset; in a string, only the paths are inserted. A `script` element
 *   gets the paths as strings, and a `style` element as `url()`.
 */
export function placeInMarkup(
  { text, indentUnit }: LinkedText,
  syntax: MarkupSyntax,
  offset: number,
  links: readonly LinkForms[],
): LinkEdit {
  const scan = scanMarkup(text, syntax);
  const whole = { text, lines: linesOf(text), scan, indentUnit, links };
  const token = innermostToken(scan, offset) ?? nameAround(scan, text, offset);
  if (token?.kind === "string") {
    return insertPath(links, offset);
  }
  const place =
    token === undefined ? offset : token.kind === "tag" ? placeInTag(whole, token, syntax, offset) : token.end;
  if (typeof place !== "number") {
    return place;
  }
  const doctype = scan.tokens.find(({ kind }) => kind === "doctype");
  const isBeforeDoctype = doctype !== undefined && place <= doctype.start && isBlank(text.slice(0, doctype.start));
  const target = isBeforeDoctype ? doctype.end : place;
  const context = { ...whole, links: linksFor(whole, target) };
  if (isBlank(lineAt(context.lines, target).text)) {
    return fillLine(context, target);
  }
  if (isInCode(scan, target)) {
    return placeInCode(context, target, token?.kind === "comment" || token?.kind === "lineComment");
  }
  return splitLine(context, leaveSentence(context, target));
}
