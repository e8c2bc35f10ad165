import { hasImageExtension, type ImageLink, type LinkDetails, pixelsOf, urlLink } from "./imageLink.ts";

/** What functions and filters of templates put before a path without a slash. */
const prefixes: ReadonlyMap<string, string> = new Map([
  // Django, “The staticfiles app”.
  ["static", "/static/"],
  // Ruby on Rails API, “AssetTagHelper” and “AssetUrlHelper”.
  ...["image_tag", "image_path", "image_url", "asset_path"].map((name) => [name, "/assets/"] as const),
  // Laravel, “Helpers”; Symfony, “asset()” of Twig.
  ...["asset", "URL::asset", "Vite::asset"].map((name) => [name, "/"] as const),
  // Hugo, “Functions”; Jekyll, “Liquid Filters”.
  ...["relURL", "absURL", "relative_url", "absolute_url"].map((name) => [name, "/"] as const),
  // Eleventy, “url”: relative paths stay as they are.
  ["url", ""],
]);

/** Code with one path, such as `{% static 'hut.png' %}` or `{{ "hut.png" | relURL }}`. */
const pathCode =
  /^\s*(?:\{\{-?|\{%-?|<%[=-]|<\?=)\s*(?:([\w:]+)(?:\s*\(\s*|\s+))?(?:(["'])static\2,\s*filename\s*=\s*)?(["'])([^"'{}<>\\]+)\3(?:\s*\))?(?:\s*\|\s*(\w+)[^{}]*)?[-;\s]*(?:\}\}|%\}|%>|\?>)\s*$/d;

/** The longest code that is read. */
const maxLength = 300;

/** The path in code of a template, and what it gets before it. Offsets are those in the code. */
interface TemplatePath {
  readonly start: number;
  readonly end: number;
  readonly prefix: string;
}

/** The path in the code of a template; `undefined` if it is not known what the code makes of it. */
export function templatePath(code: string): TemplatePath | undefined {
  const match = code.length > maxLength ? null : pathCode.exec(code);
  const [start, end] = match?.indices?.[4] ?? [0, 0];
  if (match === null || end === 0) return undefined;
  const { 1: name, 2: flask, 4: path = "", 5: filter } = match;
  if (path.startsWith("/")) return { start, end, prefix: "" };
  const helper = name ?? filter;
  // Flask, “Static Files”.
  const prefix = helper === undefined ? "" : prefixes.get(flask === undefined ? helper : "static");
  return prefix === undefined || !hasImageExtension(path) ? undefined : { start, end, prefix };
}

/** A link whose path gets something before it. */
export const withPrefix = (link: ImageLink, prefix: string): ImageLink =>
  prefix === "" ? link : { ...link, prefix, path: prefix + link.path };

/** Code of templates, in which a quote ends no attribute. */
const templateCode = /\{\{[^{}]{0,1000}\}\}|\{%[^{}%]{0,1000}%\}|<%[=-](?:[^%<>]|%(?!>)|=>){0,1000}%>/g;

/** Code without a quote has no path, and may be a text. */
const withoutMarks = (code: string): string =>
  /["']/.test(code) ? code.replace(/["'<>\s()[\]]/g, (mark) => (mark === "\n" ? mark : "_")) : code;

/** The text with letters for what parsers of HTML and Markdown take for their own marks. */
export const withoutTemplateMarks = (text: string): string => text.replace(templateCode, withoutMarks);

/** A tag of Rails for an image: `<%= image_tag "hut.png", alt: "A hut" %>`. */
const imageTag = /(<%=\s*image_tag[\s(]\s*(["']))([^"'<>#{}]{1,500})\2((?:[^%]|%(?!>)){0,1000}?)%>/g;

/** A shortcode of Hugo: `{{< figure src="hut.png" alt="A hut" >}}`. */
const shortcode =
  /(\{\{[<%]\s*[\w/-]{1,50}\s(?:[^{}]{0,1000}?\s)?src=(["']))([^"'{}]{1,500})\2([^{}]{0,1000}?)[>%]\}\}/g;

/** What the text of a tag says of its image, as `alt: "…"`, `:alt => "…"` or `alt="…"`. */
function detailsOf(tag: string): LinkDetails {
  const value = (name: string) =>
    new RegExp(`\\b${name}\\s{0,9}(?:[:=]|=>)\\s{0,9}(?:(["'])(.*?)\\1|(\\d+))`, "s").exec(tag);
  const alt = value("alt")?.[2];
  const [, width, height] = /^(\d+)x(\d+)$/.exec(value("size")?.[2] ?? "") ?? [];
  const pixels = (name: "width" | "height", other: string | undefined) =>
    pixelsOf(name, value(name)?.[2] ?? value(name)?.[3] ?? other);
  return { ...(alt === undefined ? {} : { alt }), ...pixels("width", width), ...pixels("height", height) };
}

function linksOf(text: string, pattern: RegExp, prefix: string): readonly ImageLink[] {
  return [...text.matchAll(pattern)].flatMap(({ 0: whole, 1: before = "", 3: path = "", index }) => {
    if (!hasImageExtension(path)) return [];
    const start = index + before.length;
    const range = { start: index, end: index + whole.length };
    const link = urlLink(text, range, { start, end: start + path.length }, (url) => url, detailsOf(whole));
    return [withPrefix(link, path.startsWith("/") ? "" : prefix)];
  });
}

/** The images of Rails' templates. */
export const readImageTags = (text: string): readonly ImageLink[] =>
  linksOf(text, imageTag, prefixes.get("image_tag") ?? "");

/** The images of Hugo's shortcodes. */
export const readShortcodes = (text: string): readonly ImageLink[] => linksOf(text, shortcode, "");
