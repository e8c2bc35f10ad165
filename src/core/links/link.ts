import * as l10n from "@vscode/l10n";
import { LimnError } from "../errors.ts";
import type { Pixels } from "../models/size.ts";
import { escapeCharacter } from "../text/invisibleCharacters.ts";
import { asciidocBlock, asciidocInline, asciidocPath } from "./asciidocImage.ts";
import type { ImageElement, LinkForms } from "./linkEdit.ts";
import type { LinkLanguage } from "./linkLanguages.ts";
import { encodeCharacter, encodeDelimiters } from "./percentEncode.ts";

/** The parts of a link. */
export interface LinkAttributes {
  /** Text between the quotes: a relative path, or one from the site's root. */
  readonly path: string;
  /** What the picture shows, for users who do not see it. */
  readonly alt: string;
  /** Displayed pixels; not in the link if unknown. */
  readonly size?: Pixels | undefined;
  /** The element that the document uses; by default that of its language. */
  readonly element?: ImageElement | undefined;
}

/** Braces too: in Svelte and Handlebars they start code, even between quotes. */
const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  '"': "&quot;",
  "<": "&lt;",
  ">": "&gt;",
  "{": "&#123;",
  "}": "&#125;",
};

/** Text as the value of an attribute, also where braces start code. */
export const escapeHtml = (text: string): string =>
  text.replace(/[&"<>{}]/g, (character) => entities[character] ?? character);

/** A size of 0 would hide the picture, so it counts as unknown. */
const sizeAttributes = ({ width, height }: Pixels): string =>
  width > 0 && height > 0 ? ` width="${width}" height="${height}"` : "";

/** The value of the attribute with the path. In code, it is the name of the file. */
const pathValue = ({ path, element }: LinkAttributes): string =>
  element?.code === undefined
    ? `"${path}"`
    : `{${element.code.replace("$", () => JSON.stringify(decodeURIComponent(path)))}}`;

const quotedText = (text: string): string => `"${escapeHtml(text)}"`;

const htmlLink = (attributes: LinkAttributes, tagEnd: string, altValue = quotedText): string => {
  const { alt, size, element } = attributes;
  return `<${element?.tag ?? "img"} ${element?.attribute ?? "src"}=${pathValue(attributes)} alt=${altValue(alt)}${size === undefined ? "" : sizeAttributes(size)}${tagEnd}>`;
};

/** An escape of JavaScript. */
const escapeInScript = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;

/**
 * Text for a component of Astro, whose compiler neither decodes entities nor escapes backslashes
 * between quotes. Text that needs it is a text of JavaScript, in which tools that read the document
 * as HTML find neither spaces nor quotes.
 */
function astroText(text: string): string {
  const quote = text.includes('"') ? "'" : '"';
  return /[\\{}]|&(?=#?\w+;)/.test(text) || text.includes(quote)
    ? `{"${text.replace(/[\s"'`\\{}<>&=]/g, escapeInScript)}"}`
    : `${quote}${text}${quote}`;
}

/** JSX reads HTML entities in plain attributes and has no other escapes there. */
const jsxLink = (attributes: LinkAttributes): string => htmlLink(attributes, " /");

/**
 * Markdown syntax: brackets, code, emphasis, tags, entities; braces, which start code in MDX; and a
 * backslash, which is an escape before punctuation. Source: CommonMark 0.31, 2.4, and GFM 0.29, 6.5
 * for the tilde and 4.10 for the bar, which ends the cell of a table.
 */
const markdownSyntax = /[[\]\\`<{}*_~|]|&(?=#?\w+;)/g;

const markdownLink = ({ path, alt }: LinkAttributes): string =>
  `![${alt.replace(markdownSyntax, "\\$&")}](${path.replace(/[()]/g, encodeCharacter)})`;

const cssLink = ({ path }: LinkAttributes): string => `url("${path}")`;

/**
 * The plain path, for a language whose tools do not decode it.
 *
 * @param refused matches a character that no escape keeps in the path.
 * @throws LimnError of kind `files` if the path has such a character.
 */
function plainPath(language: string, path: string, refused: RegExp): string {
  const plain = decodeURIComponent(path);
  const [character] = refused.exec(plain) ?? [];
  if (character !== undefined) {
    throw new LimnError(
      "files",
      l10n.t(
        "{0} cannot include {1}, because its path contains “{2}”. Rename the file or folder first.",
        language,
        plain,
        /[\s\p{Cc}]/u.test(character) ? escapeCharacter(character) : character,
      ),
    );
  }
  return plain;
}

/**
 * A path in reStructuredText. White space is removed; only a space can be escaped. Source:
 * Docutils, “reStructuredText Markup Specification”, “Escaping Mechanism”, and `directives.uri`.
 */
const restPath = (path: string): string =>
  plainPath("reStructuredText", path, /[^\S ]|\p{Cc}/u).replace(/[\\ ]/g, "\\$&");

/** A path in LaTeX, where a percent sign would start a comment. */
const latexPath = (path: string): string => plainPath("LaTeX", path, /[%#~\\{}]/);

/** The form of a link, by VS Code language identifier. */
const formatters: Readonly<Record<LinkLanguage, (attributes: LinkAttributes) => string>> = {
  html: (attributes) => htmlLink(attributes, ""),
  vue: (attributes) => htmlLink(attributes, ""),
  svelte: (attributes) => htmlLink(attributes, ""),
  astro: (attributes) => htmlLink(attributes, ""),
  php: (attributes) => htmlLink(attributes, ""),
  handlebars: (attributes) => htmlLink(attributes, ""),
  markdown: markdownLink,
  mdx: markdownLink,
  javascriptreact: jsxLink,
  typescriptreact: jsxLink,
  css: cssLink,
  scss: cssLink,
  sass: cssLink,
  less: cssLink,
  restructuredtext: ({ path, alt }) => `.. image:: ${restPath(path)}\n   :alt: ${alt}`,
  asciidoc: ({ path, alt }) => asciidocBlock(path, alt),
  latex: ({ path }) => `\\includegraphics{${latexPath(path)}}`,
};

const isLinkLanguage = (languageId: string): languageId is LinkLanguage => Object.hasOwn(formatters, languageId);

/**
 * The picture's link in the document's language; the plain path if Limn knows no link format for
 * the language.
 */
export function linkMarkup(languageId: string, attributes: LinkAttributes): string {
  if (!isLinkLanguage(languageId)) {
    return attributes.path;
  }
  const { element } = attributes;
  return element === undefined
    ? formatters[languageId](attributes)
    : htmlLink(
        attributes,
        element.tag === "img" && element.code === undefined ? "" : " /",
        languageId === "astro" ? astroText : quotedText,
      );
}

/** The path as it stands between quotes or behind the name of a macro. */
function pathOnly(languageId: string, path: string): string {
  if (languageId === "restructuredtext") {
    return restPath(path);
  }
  if (languageId === "asciidoc") {
    return asciidocPath(path);
  }
  return languageId === "latex" ? latexPath(path) : encodeDelimiters(path);
}

/** The link with its markup, and the path for a place where only a path fits. */
export const linkForms = (languageId: string, attributes: LinkAttributes): LinkForms => ({
  ...(languageId === "asciidoc" ? { inline: asciidocInline(attributes.path, attributes.alt) } : {}),
  ...(attributes.element?.imports === undefined ? {} : { imports: attributes.element.imports }),
  markup: linkMarkup(languageId, attributes),
  path: pathOnly(languageId, attributes.path),
});
