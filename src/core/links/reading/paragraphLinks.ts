import { lineIndexAt } from "../lines.ts";
import { linkSyntaxOf } from "../linkSyntax.ts";
import { type Token, tokensOf } from "../tokens.ts";
import { decodeEntities } from "./entities.ts";
import { contextAt, fileLink, type ImageLink, type LinkDetails, pixelsOf, urlLink } from "./imageLink.ts";

/** Comments and code, in which nothing is a link. */
function skippedOf(text: string, languageId: string): readonly Token[] {
  const syntax = linkSyntaxOf(languageId);
  return syntax?.layout === "paragraphs" ? tokensOf(text, syntax.tokens) : [];
}

/** All matches outside of comments and code. */
function matchesOf(text: string, pattern: RegExp, skipped: readonly Token[]): readonly RegExpExecArray[] {
  return [...text.matchAll(pattern)].filter(({ index }) => {
    const token = skipped[lineIndexAt(skipped, index)];
    return token === undefined || index < token.start || token.end <= index;
  });
}

const headingsOf = (text: string, pattern: RegExp, skipped: readonly Token[]) =>
  matchesOf(text, pattern, skipped).map(({ index, 1: title = "" }) => ({ start: index, title: title.trim() }));

/** Where a group of a match is, if it is known what comes before it. */
const groupRange = (match: RegExpExecArray, before: string, group: string) => {
  const start = match.index + before.length;
  return { start, end: start + group.length };
};

const wholeOf = (match: RegExpExecArray) => ({ start: match.index, end: match.index + match[0].length });

/**
 * An image of AsciiDoc. A block ends with the last bracket of its line. The lengths are limited,
 * since each macro without an end would be searched for it up to the end of its line.
 */
const asciidocImage =
  /^(image::)([^\s:[][^[\r\n]{0,1000}?)\[(.*)\](?=[^\S\r\n]*$)|(^image::|\bimage:(?!:))([^\s:[][^[\r\n]{0,1000}?)\[((?:\\\]|[^\]\r\n]){0,1000})\]/gm;

/** The backslash before a reference to an attribute, which would be replaced without it. */
const escapedReference = /\\(?=\{(?:\w[\w-]*|(?:set|counter2?):.{1,200}?)\})/g;

/** The alternative text and the size in the attributes of an image of AsciiDoc. */
function asciidocDetails(attributes: string, isInline: boolean): LinkDetails {
  const named = (name: string) => new RegExp(`(?:^|,)\\s*${name}="?([^",]*)"?`).exec(attributes)?.[1];
  const [first = "", quoted] = /^\s*(?:"((?:\\"|[^"])*)"|[^,=]*(?=,|$))/.exec(attributes) ?? [];
  const [, width, height] = /^\s*,\s*(\d+)\s*(?:,\s*(\d+))?/.exec(attributes.slice(first.length)) ?? [];
  const escaped = isInline ? /\\(?=["\]])/g : /\\(?=")/g;
  const written = (quoted ?? named("alt") ?? first.trim()).replace(escaped, "").replace(escapedReference, "");
  const alt = decodeEntities(written);
  return {
    ...(alt === "" ? {} : { alt }),
    ...pixelsOf("width", named("width") ?? width),
    ...pixelsOf("height", named("height") ?? height),
  };
}

/** Reads the macros of AsciiDoc. Source: AsciiDoc Language Documentation, “Images”. */
export function readAsciidocLinks(text: string): readonly ImageLink[] {
  const skipped = skippedOf(text, "asciidoc");
  const headings = headingsOf(text, /^={1,6}[ \t]+(.+)$/gm, skipped);
  return matchesOf(text, asciidocImage, skipped).map((match) => {
    const [macro = "", target = "", attributes = ""] = match.slice(match[1] === undefined ? 4 : 1);
    const details = { ...asciidocDetails(attributes, macro === "image:"), ...contextAt(headings, match.index) };
    return urlLink(text, wholeOf(match), groupRange(match, macro, target), (path) => path, details);
  });
}

const restImage =
  /^([ \t]*\.\.[ \t]+(?:\|[^|\r\n]+\|[ \t]+)?(?:image|figure)::[ \t]+)((?:\\[^\r\n]|[^\s\\])(?:[ \t]*(?:\\[^\r\n]|[^ \t\r\n\\]))*)[ \t]*(?=\r?\n|(?![\s\S]))((?:\r?\n[ \t]+:[\w-]+:[^\r\n]*)*)/gm;

/** White space that is not escaped is removed. Source: Docutils, “Escaping Mechanism”. */
const unescapeRest = (path: string): string => path.replace(/\\([\s\S])|\s/g, "$1");

/** Reads the directives of reStructuredText. Source: Docutils, “Images”. */
export function readRestLinks(text: string): readonly ImageLink[] {
  const skipped = skippedOf(text, "restructuredtext");
  const headings = headingsOf(text, /^(\S[^\r\n]*)\r?\n([=\-~^"'#*+`:.])\2{2,}[ \t]*$/gm, skipped);
  return matchesOf(text, restImage, skipped).map((match) => {
    const [, directive = "", path = "", options = ""] = match;
    const option = (name: string) => new RegExp(`\\n[ \\t]+:${name}:([^\\r\\n]*)`).exec(options)?.[1]?.trim();
    const alt = option("alt");
    return fileLink(text, wholeOf(match), groupRange(match, directive, path), unescapeRest, {
      ...(alt === undefined ? {} : { alt }),
      ...pixelsOf("width", option("width")),
      ...pixelsOf("height", option("height")),
      ...contextAt(headings, match.index),
    });
  });
}

const latexImage = /(\\includegraphics\*?(?:\[((?:\{[^{}]{0,1000}\}|[^\]{}]){0,1000})\])?\s*\{)([^{}\r\n]+)\}/g;

/** Reads `\includegraphics`. Its sizes are those of paper, so they are no pixels. */
export function readLatexLinks(text: string): readonly ImageLink[] {
  const skipped = skippedOf(text, "latex");
  const headings = headingsOf(text, /\\(?:chapter|(?:sub){0,2}section)\*?\{([^{}]*)\}/g, skipped);
  return matchesOf(text, latexImage, skipped).map((match) => {
    const [, command = "", options = "", path = ""] = match;
    const alt = /(?:^|,)\s*alt\s*=\s*\{([^{}]*)\}/.exec(options)?.[1];
    const details = { ...(alt === undefined ? {} : { alt }), ...contextAt(headings, match.index) };
    return fileLink(text, wholeOf(match), groupRange(match, command, path), (name) => name, details);
  });
}
