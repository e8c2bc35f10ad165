import { indentOf, isBlank, lineBreakOf, lineIndexAt, linesOf } from "./lines.ts";
import { insertInline, insertPath, type LinkEdit, type LinkedText, type LinkForms, linkLines } from "./linkEdit.ts";
import type { ParagraphSyntax } from "./linkSyntax.ts";
import { isInToken, type Token, tokensOf } from "./tokens.ts";

/** A line, and its text without what marks it as quoted. */
interface QuotedLine {
  readonly start: number;
  readonly end: number;
  readonly quote: string;
  readonly content: string;
}

/** A document and what is inserted into it. */
interface ParagraphContext {
  readonly syntax: ParagraphSyntax;
  readonly lines: readonly QuotedLine[];
  /** Front matter, comments and blocks of code that start on their own line. */
  readonly blocks: readonly Token[];
  readonly blockEnds: ReadonlySet<number>;
  readonly lineBreak: string;
  readonly links: readonly LinkForms[];
}

function quotedLines(text: string, { quote: pattern }: ParagraphSyntax): readonly QuotedLine[] {
  return linesOf(text).map(({ start, end, text: line }) => {
    const quote = pattern?.exec(line)?.[0] ?? "";
    return { start, end, quote, content: line.slice(quote.length) };
  });
}

const quoteDepth = ({ quote }: QuotedLine): number => quote.replace(/[^>]/g, "").length;

/** Whether a paragraph goes on from one line to the next. */
function isContinued({ syntax, lines, blockEnds }: ParagraphContext, index: number): boolean {
  const [line, next] = [lines[index], lines[index + 1]];
  return (
    line !== undefined &&
    next !== undefined &&
    !isBlank(line.content) &&
    !isBlank(next.content) &&
    quoteDepth(line) === quoteDepth(next) &&
    !syntax.singleLine.test(line.content) &&
    !syntax.blockStart.test(next.content) &&
    !blockEnds.has(line.end)
  );
}

/** The last line of the paragraph of a line. */
function lastLineOf(context: ParagraphContext, index: number): number {
  let last = index;
  while (isContinued(context, last)) {
    last++;
  }
  // In reStructuredText, the last line of a paragraph may start a block of code.
  const block = context.blocks.find(({ start }) => start === context.lines[last]?.start);
  return block === undefined ? last : Math.max(last, lineIndexAt(context.lines, block.end));
}

/** The prefix, or the indentation of the text below if that would belong to the links. */
function prefixAbove({ syntax, lines }: ParagraphContext, index: number, prefix: string): string {
  if (syntax.ownsIndented !== true) return prefix;
  let next = index + 1;
  while (isBlank(lines[next]?.content ?? "text")) next++;
  const indent = indentOf(lines[next]?.content ?? "");
  return indent.length > prefix.length ? indent : prefix;
}

/** What the lines of the links start with, as paragraphs of the same quote and list item. */
function prefixOf({ listItem, listContinuation }: ParagraphSyntax, { quote, content }: QuotedLine): string {
  const [item, marker] = listItem?.exec(content) ?? [];
  if (item !== undefined && marker !== undefined) {
    return listContinuation === undefined
      ? `${quote}${item.slice(0, -marker.length)}${" ".repeat(marker.length)}`
      : quote;
  }
  return listContinuation === undefined ? `${quote}${indentOf(content)}` : quote;
}

/** Whether a blank line must be between a line and the links. */
const needsBlankLine = ({ syntax }: ParagraphContext, line: QuotedLine | undefined): boolean =>
  line !== undefined && syntax.textLine.test(line.content);

/** Fills a blank line, with blank lines between it and text above and below. */
function fillLine(context: ParagraphContext, line: QuotedLine, index: number): LinkEdit {
  const { lines, lineBreak, links } = context;
  const blank = line.quote.trimEnd();
  const prefix = prefixAbove(context, index, line.quote === "" ? line.content : `${blank} ${line.content}`);
  const above = needsBlankLine(context, lines[index - 1]) ? `${blank}${lineBreak}` : "";
  const below = needsBlankLine(context, lines[index + 1]) ? `${lineBreak}${blank}` : "";
  return { start: line.start, end: line.end, text: above + prefix + linkLines(links, lineBreak, prefix) + below };
}

/** Inserts the links between two lines, with blank lines between them and text. */
function insertAfterLine(
  context: ParagraphContext,
  index: number,
  linePrefix: string,
  joint: string | undefined,
): LinkEdit {
  const { lines, lineBreak, links } = context;
  const prefix = prefixAbove(context, index, linePrefix);
  const [line, next] = [lines[index], lines[index + 1]];
  const blank = (line?.quote ?? "").trimEnd();
  const isApart = joint === undefined && needsBlankLine(context, line);
  const above = joint === undefined ? (isApart ? `${lineBreak}${blank}` : "") : `${lineBreak}${joint}`;
  const below = needsBlankLine(context, next) ? `${lineBreak}${(next?.quote ?? "").trimEnd()}` : "";
  const end = line?.end ?? 0;
  return { start: end, end, text: above + lineBreak + prefix + linkLines(links, lineBreak, prefix) + below };
}

/** Inserts the links before the first line of a paragraph. */
function insertBeforeLine(context: ParagraphContext, line: QuotedLine, index: number): LinkEdit {
  const { lines, lineBreak, links, syntax } = context;
  const prefix = prefixOf(syntax, line);
  const blank = line.quote.trimEnd();
  const above = needsBlankLine(context, lines[index - 1]) ? `${blank}${lineBreak}` : "";
  const below = needsBlankLine(context, line) ? `${blank}${lineBreak}` : "";
  const { start } = line;
  return { start, end: start, text: above + prefix + linkLines(links, lineBreak, prefix) + lineBreak + below };
}

/** Whether the paragraph of a line is a table. */
function isInTable({ syntax: { tableRow }, lines }: ParagraphContext, index: number): boolean {
  const isRow = (at: number) => lines[at]?.content.includes("|") === true;
  const isDelimiter = (at: number) => isRow(at) && tableRow?.test(lines[at]?.content ?? "") === true;
  let first = index;
  while (tableRow !== undefined && isRow(first) && !isDelimiter(first) && isRow(first - 1)) {
    first--;
  }
  return isRow(index) && (isDelimiter(first) || isDelimiter(first + 1));
}

/**
 * The place of links in a document of paragraphs.
 *
 * - A blank line is filled, and gets blank lines to text above and below.
 * - In a paragraph, heading or list item, the links go behind it, as paragraphs of the same list
 *   item or quote; at the start of a paragraph, before it.
 * - In a comment or a block of code, they go behind it.
 * - In a cell of a table they stay; where only a path fits, only the paths are inserted.
 */
export function placeInParagraphs(
  { text }: LinkedText,
  syntax: ParagraphSyntax,
  offset: number,
  links: readonly LinkForms[],
): LinkEdit {
  const tokens = tokensOf(text, syntax.tokens);
  const lines = quotedLines(text, syntax);
  const isBlock = ({ start }: Token) => {
    const first = lines[lineIndexAt(lines, start)];
    return first !== undefined && isBlank(text.slice(first.start + first.quote.length, start));
  };
  const blocks = tokens.filter(isBlock);
  const context = {
    syntax,
    lines,
    blocks,
    blockEnds: new Set(blocks.map(({ end }) => end)),
    lineBreak: lineBreakOf(text),
    links,
  };
  const token = tokens.find((each) => isInToken(each, offset));
  const place = token === undefined ? offset : token.end;
  const index = lineIndexAt(lines, place);
  const line = lines[index] ?? { start: 0, end: 0, quote: "", content: "" };
  const before = text.slice(line.start, place);
  if (token?.kind === "path" || syntax.beforePath.test(before)) {
    return insertPath(links, offset);
  }
  if (isBlank(line.content)) {
    return fillLine(context, line, index);
  }
  if (isInTable(context, index)) {
    return insertInline(text, place, links, token !== undefined);
  }
  const isItem = syntax.listItem?.test(line.content) === true;
  const isFirst = !isContinued(context, index - 1);
  if (token === undefined && isFirst && !isItem && isBlank(before.slice(line.quote.length))) {
    return insertBeforeLine(context, line, index);
  }
  const isOnlyBlock = token !== undefined && isBlock(token) && isBlank(text.slice(place, line.end));
  const last = isOnlyBlock ? index : lastLineOf(context, index);
  const first = (isOnlyBlock && lines[lineIndexAt(lines, token.start)]) || line;
  // The last line of a paragraph may be indented less, such as the end of an HTML element.
  const lastLine = isOnlyBlock ? undefined : lines[last];
  const [prefix, lastPrefix] = [first, lastLine ?? first].map((each) => prefixOf(syntax, each));
  const shorter = (lastPrefix ?? "").length < (prefix ?? "").length && !isItem ? lastPrefix : prefix;
  return insertAfterLine(context, last, shorter ?? "", isItem ? syntax.listContinuation : undefined);
}
