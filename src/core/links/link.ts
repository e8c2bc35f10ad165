import * as l10n from "@vscode/l10n";
import { LimnError } from "../errors.ts";
import type { Pixels } from "../models/size.ts";
import type { ImageElement, LinkForms } from "./linkEdit.ts";
import type { LinkLanguage } from "./linkLanguages.ts";

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

/** Percent-encodes an ASCII character that `encodeURIComponent` keeps. */
const encodeCharacter = (character: string): string => `%${character.charCodeAt(0).toString(16).toUpperCase()}`;

/** Percent-encodes each part of a path. */
export const encodePath = (path: string): string => path.split("/").map(encodeURIComponent).join("/");

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

const htmlLink = (attributes: LinkAttributes, tagEnd: string): string => {
  const { alt, size, element } = attributes;
  return `<${element?.tag ?? "img"} ${element?.attribute ?? "src"}=${pathValue(attributes)} alt="${escapeHtml(alt)}"${size === undefined ? "" : sizeAttributes(size)}${tagEnd}>`;
};

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
 * A path in reStructuredText, whose tools do not decode it. White space is removed unless it is
 * escaped. Source: Docutils, “reStructuredText Markup Specification”, “Escaping Mechanism”.
 */
const restPath = (path: string): string => decodeURIComponent(path).replace(/[\\\s]/g, "\\$&");

/**
 * A reference to an attribute, which AsciiDoc would replace by its value. Source: AsciiDoc Language
 * Documentation, “Escape an Attribute Reference”.
 */
const asciidocReference = /\{(?=(?:\w[\w-]*|(?:set|counter2?):.+?)\})/g;

/** What follows the name of an image macro in AsciiDoc. */
const asciidocTarget = ({ path, alt }: LinkAttributes): string =>
  `${path}["${alt.replaceAll('"', '\\"').replace(asciidocReference, "\\{")}"]`;

/** Characters that no escape keeps in the name of a file for `\includegraphics`. */
const latexSyntax = /[%#~\\{}]/;

/**
 * The plain path for LaTeX, where a percent sign would start a comment.
 * @throws LimnError of kind `files` if LaTeX cannot include a file of this name.
 */
function latexPath(path: string): string {
  const plain = decodeURIComponent(path);
  const [character] = latexSyntax.exec(plain) ?? [];
  if (character !== undefined) {
    throw new LimnError(
      "files",
      l10n.t(
        "LaTeX cannot include {0}, because its path contains “{1}”. Rename the file or folder first.",
        plain,
        character,
      ),
    );
  }
  return plain;
}

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
  asciidoc: (attributes) => `image::${asciidocTarget(attributes)}`,
  latex: ({ path }) => `\\includegraphics{${latexPath(path)}}`,
};

/** Quotes and parentheses end a value or an address in some languages. */
const encodeDelimiters = (path: string): string => path.replace(/['()]/g, encodeCharacter);

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
    : htmlLink(attributes, element.tag === "img" && element.code === undefined ? "" : " /");
}

/** The path as it stands between quotes or behind the name of a macro. */
function pathOnly(languageId: string, path: string): string {
  if (languageId === "restructuredtext") {
    return restPath(path);
  }
  return languageId === "latex" ? latexPath(path) : encodeDelimiters(path);
}

/** The link with its markup, and the path for a place where only a path fits. */
export const linkForms = (languageId: string, attributes: LinkAttributes): LinkForms => ({
  ...(languageId === "asciidoc" ? { inline: `image:${asciidocTarget(attributes)}` } : {}),
  ...(attributes.element?.imports === undefined ? {} : { imports: attributes.element.imports }),
  markup: linkMarkup(languageId, attributes),
  path: pathOnly(languageId, attributes.path),
});
