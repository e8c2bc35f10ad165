import { fileLink, hasImageExtension, type ImageLink, type LinkDetails, type TextRange, urlLink } from "./imageLink.ts";

/** A function or filter of templates that makes an address of a path. */
interface Helper {
  /** What it puts before a path without a slash at its start, such as `/static/`. */
  readonly prefix: string;
  /** The same before a path with one. If it is empty, the path is an address already. */
  readonly rootPrefix: string;
  /** Whether the path is the name of a file, which no tool decodes, or an address. */
  readonly takes: "name" | "address" | "either";
}

const fromRoot = { prefix: "/", rootPrefix: "", takes: "address" } as const satisfies Helper;

const unchanged = { ...fromRoot, prefix: "" } as const satisfies Helper;

/** Django, “The staticfiles app”; Flask, “Static Files”. */
const staticFile = { prefix: "/static/", rootPrefix: "/static", takes: "name" } as const satisfies Helper;

/** Ruby on Rails API, “AssetTagHelper” and “AssetUrlHelper”. */
const railsImage = { prefix: "/assets/", rootPrefix: "", takes: "name" } as const satisfies Helper;

/** Laravel, “Helpers”, takes an address; Symfony, “asset()” of Twig, looks up the name. */
const asset = { ...fromRoot, takes: "either" } as const satisfies Helper;

const functions: ReadonlyMap<string, Helper> = new Map<string, Helper>([
  ["static", staticFile],
  ...["image_tag", "image_path", "image_url", "asset_path"].map((name) => [name, railsImage] as const),
  ...["asset", "URL::asset", "Vite::asset"].map((name) => [name, asset] as const),
  // Hugo, “Functions”; Laravel, “Helpers”.
  ...["relURL", "absURL", "url"].map((name) => [name, fromRoot] as const),
]);

const filters: ReadonlyMap<string, Helper> = new Map<string, Helper>([
  // Hugo, “Functions”; Jekyll, “Liquid Filters”.
  ...["relURL", "absURL", "relative_url", "absolute_url"].map((name) => [name, fromRoot] as const),
  // Eleventy, “url”: relative paths stay as they are.
  ["url", unchanged],
]);

/** The path in code of a template, and what it gets before it. Offsets are those in the code. */
interface TemplatePath extends TextRange {
  readonly prefix: string;
  readonly isName: boolean;
}

/**
 * What becomes of a path in quotes; `undefined` if it is no image, or if it is not known.
 *
 * @param start offset of the path in the code.
 */
function pathWith({ prefix, rootPrefix, takes }: Helper, quoted: string, start: number): TemplatePath | undefined {
  const path = quoted.replace(/[?#].*$/s, "");
  if (!hasImageExtension(path)) return undefined;
  const range = { start, end: start + path.length };
  if (/^(?:[a-z][a-z\d+.-]*:|\/\/)/i.test(path)) return { ...range, prefix: "", isName: false };
  const before = path.startsWith("/") ? rootPrefix : prefix;
  const isName = takes !== "address" && before !== "";
  return isName && takes === "either" && path.includes("%") ? undefined : { ...range, prefix: before, isName };
}

/** Filters that change no path, except that Jekyll puts its base path before it. */
const neutral = /(?:e|escape|xml_escape|raw|safe|safeURL|prepend:\s*site\.(?:base)?url)/.source;

/** Code with one path, such as `{% static 'hut.png' %}` or `{{ "hut.png" | relURL }}`. */
const pathCode = new RegExp(
  [
    /^\s*(?:\{\{-?|\{%-?|<%[=-]|<\?=)\s*/,
    /(?:([\w:]+)(?:\s*\(\s*|\s+))?(?:(["'])static\2,\s*filename\s*=\s*)?(["'])((?:\\(?:\\|\3)|(?!\3)[^{}<>\\])+)\3\s*/,
    // Laravel, “Helpers”: whether the address is one of https.
    /(?:,\s*(?:true|false)\s*)?(?:\)\s*)?/,
    new RegExp(`(?:\\|\\s*(?!${neutral}\\b)(\\w+)\\s*)?(?:\\|\\s*${neutral}\\s*)*`),
    /(?:;\s*)?-?(?:\}\}|%\}|%>|\?>)\s*$/,
  ]
    .map(({ source }) => source)
    .join(""),
  "d",
);

/** The function or filter that gets the path; `undefined` if it is unknown or there are both. */
function helperOf(name: string | undefined, filter: string | undefined): Helper | undefined {
  if (name === undefined) return filter === undefined ? unchanged : filters.get(filter);
  return filter === undefined ? functions.get(name) : undefined;
}

/** The path in the code of a template; `undefined` if it is not known what the code makes of it. */
export function templatePath(code: string): TemplatePath | undefined {
  const match = pathCode.exec(code);
  if (match === null) return undefined;
  const { 1: name, 2: flask, 4: quoted = "", 5: filter, indices } = match;
  const helper = helperOf(flask === undefined ? name : "static", filter);
  return helper && pathWith(helper, quoted, indices?.[4]?.[0] ?? 0);
}

/** The path of an image that a tag of Rails shows. */
export const railsPath = (quoted: string): TemplatePath | undefined => pathWith(railsImage, quoted, 0);

/** Removes the escapes that strings of all these languages have. */
export const unescapeQuoted = (text: string): string => text.replace(/\\([\\"'])/g, "$1");

/**
 * The link whose path is in code of a template.
 *
 * @param offset where the code starts in the text.
 */
export function templateLink(
  text: string,
  range: TextRange,
  { path, offset }: { readonly path: TemplatePath; readonly offset: number },
  details: LinkDetails,
): ImageLink {
  const { prefix, isName } = path;
  const pathRange = { start: offset + path.start, end: offset + path.end };
  const link = (isName ? fileLink : urlLink)(text, range, pathRange, unescapeQuoted, details);
  return prefix === "" ? link : { ...link, prefix, path: prefix + link.path };
}

/** Code of templates, in which a quote ends no attribute. */
const templateCode = /\{\{[^{}]{0,1000}\}\}|\{%[^{}%]{0,1000}%\}|<%[=-](?:[^%<>]|%(?!>)|=>){0,1000}%>/g;

/** Code without a quote has no path, and may be a text. That of JSX may have elements. */
const withoutMarks = (code: string): string =>
  /["']/.test(code) && !/[^{]<[a-z]/i.test(code)
    ? code.replace(/["'<>\s()[\]]/g, (mark) => (mark === "\n" ? mark : "_"))
    : code;

/** The text with letters for what parsers of HTML and Markdown take for their own marks. */
export const withoutTemplateMarks = (text: string): string => text.replace(templateCode, withoutMarks);
