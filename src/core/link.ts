import type { LinkLanguage } from "./linkLanguages.ts";
import type { Pixels } from "./size.ts";

/** What a link is made of. */
export interface LinkParts {
  /** Text that goes between the quotes: a relative path, or one from the site's root. */
  readonly path: string;
  /** What the picture shows, for those who do not see it. */
  readonly alt: string;
  /** Pixels as shown; left out of the link if unknown. */
  readonly size?: Pixels | undefined;
}

/** A path between two absolute, slash-separated paths: from the folder of `document` to `file`. Source: RFC 3986, 4.2. */
export function relativePath(document: string, file: string): string {
  const from = document.split("/").slice(0, -1);
  const to = file.split("/");
  const shared = from.findIndex((part, index) => part !== to[index]);
  const common = shared < 0 ? from.length : shared;
  return [...from.slice(common).map(() => ".."), ...to.slice(common)].join("/");
}

/** Each part of a path percent-encoded as a link needs it. */
const encodePath = (path: string): string => path.split("/").map(encodeURIComponent).join("/");

/**
 * The text of a link from a document to a file, both absolute and slash-separated. A file below the public folder of the document's
 * own package is linked from the site's root, as its framework serves it; every other one relative to the document.
 *
 * @param publicFolder absolute path of that folder, where there is one.
 */
export function linkPath(document: string, file: string, publicFolder?: string): string {
  const root = publicFolder === undefined ? undefined : `${publicFolder}/`;
  const path =
    root !== undefined && file.startsWith(root) ? `/${file.slice(root.length)}` : relativePath(document, file);
  return encodePath(path);
}

/** Braces too: in Svelte and Handlebars they begin code, even between quotes. */
const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  '"': "&quot;",
  "<": "&lt;",
  ">": "&gt;",
  "{": "&#123;",
  "}": "&#125;",
};

const escapeHtml = (text: string): string => text.replace(/[&"<>{}]/g, (character) => entities[character] ?? character);

/** A size of 0 would hide the picture, so it counts as unknown. */
const sizeAttributes = ({ width, height }: Pixels): string =>
  width > 0 && height > 0 ? ` width="${width}" height="${height}"` : "";

const html = ({ path, alt, size }: LinkParts, end: string): string =>
  `<img src="${path}" alt="${escapeHtml(alt)}"${size === undefined ? "" : sizeAttributes(size)}${end}>`;

/** JSX reads HTML entities in plain attributes, and knows no other escapes there. */
const jsx = (parts: LinkParts): string => html(parts, " /");

/**
 * What would be more than a character: brackets, code, emphasis, tags, entities; braces, which begin code in MDX; and a backslash, which
 * before punctuation is an escape in every Markdown. Source: CommonMark 0.31, 2.4, and GFM 0.29, 6.5 for the tilde.
 */
const markup = /[[\]\\`<{}*_~]|&(?=#?\w+;)/g;

const markdown = ({ path, alt }: LinkParts): string =>
  `![${alt.replace(markup, "\\$&")}](${path.replace(/[()]/g, encodeParenthesis)})`;

const encodeParenthesis = (character: string): string => (character === "(" ? "%28" : "%29");

const css = ({ path }: LinkParts): string => `url("${path}")`;

/** How a picture is linked, by VS Code language identifier. */
const forms: Readonly<Record<LinkLanguage, (parts: LinkParts) => string>> = {
  html: (parts) => html(parts, ""),
  vue: (parts) => html(parts, ""),
  svelte: (parts) => html(parts, ""),
  astro: (parts) => html(parts, ""),
  php: (parts) => html(parts, ""),
  handlebars: (parts) => html(parts, ""),
  markdown,
  mdx: markdown,
  javascriptreact: jsx,
  typescriptreact: jsx,
  css,
  scss: css,
  sass: css,
  less: css,
  restructuredtext: ({ path, alt }) => `.. image:: ${path}\n   :alt: ${alt}`,
  asciidoc: ({ path, alt }) => `image::${path}["${alt.replaceAll('"', '\\"')}"]`,
  // A percent sign begins a comment there.
  latex: ({ path }) => `\\includegraphics{${decodeURIComponent(path)}}`,
};

const hasForm = (languageId: string): languageId is LinkLanguage => Object.hasOwn(forms, languageId);

/** The picture's link in the document's own language; the plain path where there is no form for it. */
export const link = (languageId: string, parts: LinkParts): string =>
  hasForm(languageId) ? forms[languageId](parts) : parts.path;

/**
 * What nobody reads: white space, control characters, halves of characters; and the signs that turn the direction of text around, which
 * could make the line of code around a link look like another. Source: Unicode TR 36, “Trojan Source” (CVE-2021-42574).
 */
const unreadable = /[\s\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]+/gu;

/** Alt text from a prompt: its first sentence, at most 125 characters, the length screen readers are known to read in one go. */
export function altText(prompt: string): string {
  const [sentence = ""] = prompt
    .replace(unreadable, " ")
    .trim()
    .split(/(?<=[.!?])\s/u);
  const characters = [...sentence.replace(/[.!?]+$/, "")];
  return characters.length <= 125 ? characters.join("") : `${characters.slice(0, 124).join("").trimEnd()}…`;
}
