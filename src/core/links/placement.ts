import { indentOf, isBlank, lineAt, lineBreakOf, linesOf } from "./lines.ts";
import {
  insertInline,
  insertPath,
  insertUnchanged,
  type LinkEdit,
  type LinkedText,
  type LinkForms,
  linkLines,
} from "./linkEdit.ts";
import { type InlineSyntax, linkSyntaxOf } from "./linkSyntax.ts";
import { placeInMarkup } from "./placeInMarkup.ts";
import { placeInParagraphs } from "./placeInParagraphs.ts";
import { isInToken, tokensOf } from "./tokens.ts";

/**
 * Length of the part of a long document that is looked at, in UTF-16 code units; half of it is
 * before the offset.
 */
const maxLength = 1_000_000;

/** A link in a style sheet stays at the offset, except in a comment, where it goes behind it. */
function placeInline(
  { text }: LinkedText,
  { tokens: rules }: InlineSyntax,
  offset: number,
  links: readonly LinkForms[],
): LinkEdit {
  const token = tokensOf(text, rules).find((each) => isInToken(each, offset));
  if (token?.kind === "path") {
    return insertPath(links, offset);
  }
  const place = token?.end ?? offset;
  const { start, end, text: line } = lineAt(linesOf(text), place);
  const indent = indentOf(line);
  if (isBlank(line)) {
    return { start, end, text: line + linkLines(links, lineBreakOf(text), line) };
  }
  if (token !== undefined && isBlank(text.slice(place, end)) && isBlank(text.slice(start, token.start))) {
    const newLine = `${lineBreakOf(text)}${indent}`;
    return { start: end, end, text: newLine + linkLines(links, lineBreakOf(text), indent) };
  }
  return token?.kind === "lineComment"
    ? { start: end, end, text: `${lineBreakOf(text)}${indent}${linkLines(links, lineBreakOf(text), indent)}` }
    : insertInline(text, place, links, token !== undefined);
}

/** YAML, TOML or code at the start of a document. */
const frontMatter = /^(---|\+\+\+)[ \t]*\r?\n(?:[\s\S]*?\r?\n)?\1[ \t]*(?=\r?\n|$)/;

/**
 * What a document has to start with, by its language. The attributes in the header of AsciiDoc
 * count for the links below it.
 */
const starts: ReadonlyMap<string, RegExp> = new Map([
  ...["markdown", "mdx", "astro"].map((language) => [language, frontMatter] as const),
  ["asciidoc", /^(?:= |:[\w-]+!?:|\/\/)[^\r\n]*(?:\r?\n[^\r\n]+)*/],
]);

/** The offset, or the end of the template: outside of the blocks of Vue, nothing is shown. */
function insideTemplate(text: string, offset: number): number {
  const last = [...text.matchAll(/^<(\/?)(?:script|style|template)\b/gm)].findLast(({ index }) => index < offset);
  const content = text.slice(0, Math.max(0, text.lastIndexOf("\n</template>"))).trimEnd();
  if (last?.[1] === "" || content === "") return offset;
  const rootEnd = /\n[ \t]*<\/[\w.:-]+>$/.exec(content);
  return rootEnd === null ? content.length : rootEnd.index + 1;
}

/** The offset behind what has to be at the start, if it is there. In front matter, it stays. */
function behindStart({ text, languageId }: LinkedText, offset: number): number {
  if (languageId === "vue") return insideTemplate(text, offset);
  const [start = ""] = starts.get(languageId)?.exec(text) ?? [];
  return offset === 0 || (languageId === "asciidoc" && offset < start.length) ? start.length : offset;
}

function placeInWhole(document: LinkedText, offset: number, links: readonly LinkForms[]): LinkEdit {
  const syntax = linkSyntaxOf(document.languageId);
  switch (syntax?.layout) {
    case "markup":
      return placeInMarkup(document, syntax, offset, links);
    case "paragraphs":
      return placeInParagraphs(document, syntax, offset, links);
    case "inline":
      return placeInline(document, syntax, offset, links);
    default:
      return insertUnchanged(document.text, offset, links);
  }
}

/**
 * The edit that inserts links at an offset, as the language needs it: on their own lines between
 * blocks, never inside a sentence or a comment. In a language without a link format they stay at
 * the offset. A long document is read only around the offset.
 *
 * @param offset in UTF-16 code units.
 */
export function placeLinks(document: LinkedText, offset: number, links: readonly LinkForms[]): LinkEdit {
  const { text } = document;
  if (text.length <= maxLength) {
    return placeInWhole(document, behindStart(document, offset), links);
  }
  const first = text.lastIndexOf("\n", Math.max(0, offset - maxLength / 2)) + 1;
  const next = text.indexOf("\n", offset + maxLength / 2);
  const part = text.slice(first, next < 0 ? text.length : next);
  const { start, end, text: inserted } = placeInWhole({ ...document, text: part }, offset - first, links);
  return { start: start + first, end: end + first, text: inserted };
}
