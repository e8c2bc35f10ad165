import type { SyntaxNode, SyntaxNodeRef } from "@lezer/common";
import { type MarkdownConfig, type MarkdownParser, parser } from "@lezer/markdown";
import { lineIndexAt } from "../lines.ts";
import { decodeEntities } from "./entities.ts";
import { frontMatterLength, readFrontMatterLinks } from "./frontMatterLinks.ts";
import { contextAt, type ImageLink, type LinkReader, shiftLink, type TextRange, urlLink } from "./imageLink.ts";
import { limited, parseMarkdown } from "./markdownParser.ts";
import { readMarkupLinks } from "./markupLinks.ts";
import { readScriptLinks } from "./scriptLinks.ts";
import { templateLink, templatePath, withoutTemplateMarks } from "./templatePath.ts";
import { readShortcodes } from "./templateTags.ts";
import { parseInTime, type TimeLimit } from "./timeLimit.ts";

/** Tags of JSX with values in braces, and no code by indentation. Source: MDX, Markdown. */
const mdx: MarkdownConfig = {
  remove: ["IndentedCode"],
  parseInline: [
    {
      name: "JsxTag",
      before: "HTMLTag",
      parse(context, next, start) {
        const tag = next === 60 ? /^<[A-Za-z][^<>]*>/.exec(context.slice(start, context.end)) : null;
        return tag === null ? -1 : context.addElement(context.elt("HTMLTag", start, start + tag[0].length));
      },
    },
  ],
};

/** Skips what is in a block, which takes a third of the time. */
const withoutInline: MarkdownConfig = {
  parseInline: [{ name: "Skipped", before: "Escape", parse: (context) => context.end }],
};

/** Parses blocks in a first pass; the few with images are parsed whole in a second one. */
interface Parsers {
  readonly blocks: MarkdownParser;
  readonly whole: MarkdownParser;
}

const markdownParsers: Parsers = { blocks: parser.configure(withoutInline), whole: parser };
const mdxParsers: Parsers = { blocks: parser.configure([mdx, withoutInline]), whole: parser.configure(mdx) };

/** Where the image of a reference is defined, by its label. */
type Definitions = ReadonlyMap<string, TextRange>;

const textOf = (text: string, { from, to }: SyntaxNodeRef): string => text.slice(from, to);

/** Removes escapes. Source: CommonMark 0.31, 2.4 and 2.5. */
export const unescapeMarkdown = (text: string): string =>
  text.replace(/\\([!-/:-@[-`{-~])|(&#?\w+;)/g, (_, character?: string, entity = "") =>
    character === undefined ? decodeEntities(entity) : character,
  );

/** Labels are compared without case and with single spaces. Source: CommonMark 0.31, 6.3. */
const labelKey = (label: string): string => label.replace(/\s+/g, " ").trim().toLowerCase();

/** The address without the angle brackets around it. */
export function urlRange(text: string, { from, to }: SyntaxNodeRef): TextRange {
  const isBracketed = text[from] === "<" && text[to - 1] === ">";
  return isBracketed ? { start: from + 1, end: to - 1 } : { start: from, end: to };
}

/** Text of nodes: without marks of emphasis, code and links, and with escapes resolved. */
function plainText(text: string, node: SyntaxNode, from: number, to: number): string {
  let plain = "";
  let offset = from;
  for (let child = node.firstChild; child !== null && child.from < to; child = child.nextSibling) {
    if (child.from < from) continue;
    plain += text.slice(offset, child.from);
    plain += shownText(text, child);
    offset = child.to;
  }
  return plain + text.slice(offset, to);
}

function shownText(text: string, node: SyntaxNode): string {
  if (/^(?:Escape|Entity)$/.test(node.name)) return unescapeMarkdown(textOf(text, node));
  return /Mark$|^(?:URL|LinkTitle|LinkLabel|HTMLTag)$/.test(node.name) ? "" : plainText(text, node, node.from, node.to);
}

/** The image that a node stands for; `undefined` if its reference is not defined. */
function imageOf(text: string, node: SyntaxNode, definitions: Definitions, definedIn: string): ImageLink | undefined {
  const [start, end] = node.getChildren("LinkMark");
  if (start === undefined || end === undefined) return undefined;
  const alt = plainText(text, node, start.to, end.from).replace(/(?<![^\S\n])[^\S\n]*\n\s*/g, " ");
  const range = { start: node.from, end: node.to };
  const url = node.getChild("URL");
  if (url !== null) {
    const { start: from, end: to } = urlRange(text, url);
    const path = templatePath(text.slice(from, to));
    return path === undefined
      ? urlLink(text, range, { start: from, end: to }, unescapeMarkdown, { alt })
      : templateLink(text, range, { path, offset: from }, { alt });
  }
  const label = node.getChild("LinkLabel");
  const named = label === null ? "" : textOf(text, label).slice(1, -1);
  const defined = definitions.get(labelKey(named === "" ? text.slice(start.to, end.from) : named));
  return defined && urlLink(definedIn, range, defined, unescapeMarkdown, { alt });
}

/** The images of a block, in offsets of the document. */
function linksOfBlock(
  document: string,
  block: TextRange,
  whole: MarkdownParser,
  { definitions, hidden }: Blocks,
  time: TimeLimit,
) {
  const text = document.slice(block.start, block.end);
  const links: ImageLink[] = [];
  parseInTime(time, whole, withoutTemplateMarks(text)).iterate({
    enter: ({ name, from, to, node }) => {
      if (name === "Image") {
        const link = imageOf(text, node, definitions, document);
        const shifted = link && shiftLink(link, block.start);
        // The path of a reference is in the document, not in the block.
        if (link && shifted) links.push(node.getChild("URL") ? shifted : { ...shifted, pathRange: link.pathRange });
      } else if (name === "HTMLTag") {
        links.push(...readMarkupLinks(text.slice(from, to), time).map((link) => shiftLink(link, block.start + from)));
      } else if (isHidden(name)) {
        hidden.push({ start: block.start + from, end: block.start + to });
      }
    },
  });
  return links;
}

/** Whether a node is code or a comment, in which a shortcode is an example. */
const isHidden = (name: string): boolean => /^(?:FencedCode|CodeBlock|InlineCode|Comment(?:Block)?)$/.test(name);

/** The comments of a block of HTML that starts at an offset. */
const commentsIn = (html: string, offset: number): readonly TextRange[] =>
  [...html.matchAll(/<!--[\s\S]*?(?:-->|$)/g)].map(({ 0: comment, index }) => ({
    start: offset + index,
    end: offset + index + comment.length,
  }));

/** Characters of a heading that are read. */
const maxTitle = 500;

/** What the first pass finds. */
interface Blocks {
  readonly headings: { readonly start: number; readonly title: string }[];
  readonly definitions: Map<string, TextRange>;
  /** Those that may contain images. */
  readonly withImages: (TextRange & { readonly isHtml: boolean })[];
  readonly imports: TextRange[];
  /** Code and comments; those within paragraphs come in the second pass. */
  readonly hidden: TextRange[];
}

function blocksOf(text: string, blockParser: MarkdownParser, time: TimeLimit): Blocks {
  const found: Blocks = { headings: [], definitions: new Map(), withImages: [], imports: [], hidden: [] };
  parseMarkdown(time, blockParser, text).iterate({
    enter: ({ name, from, to, node }) => {
      const isHeading = /^(?:ATX|Setext)Heading\d$/.test(name);
      if (isHeading || name === "Paragraph" || name === "HTMLBlock") {
        const block = text.slice(from, to);
        const line = block.slice(0, maxTitle);
        const isHtml = name === "HTMLBlock";
        for (const comment of isHtml ? commentsIn(block, from) : []) found.hidden.push(comment);
        if (isHeading)
          found.headings.push({ start: from, title: line.replace(/^\s*#+\s*|\s+#+\s*$|\n[\s\S]*$/g, "").trim() });
        if (/^(?:import|export)\s/.test(block)) found.imports.push({ start: from, end: to });
        if (/!\[|<[a-z]|\{\{[<%]/i.test(block)) found.withImages.push({ start: from, end: to, isHtml });
      } else if (isHidden(name)) {
        found.hidden.push({ start: from, end: to });
      } else if (name === "LinkReference") {
        const [label, url] = [node.getChild("LinkLabel"), node.getChild("URL")];
        const key = label === null ? "" : labelKey(textOf(text, label).slice(1, -1));
        if (url !== null && !found.definitions.has(key)) found.definitions.set(key, urlRange(text, url));
      }
    },
  });
  return found;
}

/** The images of shortcodes outside of hidden ranges, which do not overlap. */
function shownShortcodes(text: string, hidden: readonly TextRange[]): readonly ImageLink[] {
  const sorted = hidden.toSorted((one, other) => one.start - other.start);
  return readShortcodes(text).filter(({ range: { start } }) => {
    const nearest = sorted[lineIndexAt(sorted, start)];
    return nearest === undefined || start < nearest.start || start >= nearest.end;
  });
}

function readLinks(document: string, time: TimeLimit, parsers: Parsers, readsImports: boolean): readonly ImageLink[] {
  const length = frontMatterLength(document);
  // Blank lines keep the offsets.
  const text = "\n".repeat(length) + document.slice(length);
  const found = blocksOf(text, parsers.blocks, time);
  const whole = limited(parsers.whole, time);
  const links = found.withImages.flatMap((block) =>
    block.isHtml
      ? readMarkupLinks(text.slice(block.start, block.end), time).map((link) => shiftLink(link, block.start))
      : linksOfBlock(text, block, whole, found, time),
  );
  const imported = found.imports.flatMap(({ start, end }) =>
    readScriptLinks(text.slice(start, end), time).map((link) => shiftLink(link, start)),
  );
  const all = [
    ...readFrontMatterLinks(document),
    ...(readsImports ? imported : shownShortcodes(text, found.hidden)),
    ...links,
  ];
  return all.map((link) => ({
    ...contextAt(found.headings, link.range.start),
    ...link,
  }));
}

/** Reads the images of Markdown, also those of its HTML and of the YAML at its start. */
export const readMarkdownLinks: LinkReader = (text, time) => readLinks(text, time, markdownParsers, false);

/** Reads the images of MDX, also those that it imports. */
export const readMdxLinks: LinkReader = (text, time) => readLinks(text, time, mdxParsers, true);
