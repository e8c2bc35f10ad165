import { hasImageExtension, type ImageLink, type LinkDetails, pixelsOf, type TextRange, urlLink } from "./imageLink.ts";
import { railsPath, templateLink, unescapeQuoted } from "./templatePath.ts";

/** A tag of Rails for an image: `<%= image_tag "hut.png", alt: "A hut" %>`. */
const imageTag =
  /(<%=\s*image_tag[\s(]\s*(["']))((?:\\(?:\\|\2)|(?!\2)[^<>#{}\\]){1,500})\2((?:[^%]|%(?!>)){0,1000}?)%>/g;

/** A shortcode of Hugo: `{{< figure src="hut.png" alt="A hut" >}}`. */
const shortcode = /(\{\{[<%]\s*[\w/-]{1,50}\s)([^{}]{0,2000}?)[>%]\}\}/g;

/** An argument, such as `alt: "…"`, `:alt => "…"` or `alt="…"`; another string; or a bracket. */
const argument =
  /(?<![\w-])([\w-]+)\s{0,9}(?:=>|[:=])\s{0,9}(?:(["'])((?:\\[\s\S]|(?!\2)[^\\])*)\2|(\d+))?|(["'])(?:\\[\s\S]?|(?!\5)[^\\])*(?:\5|$)|[([{]|[)\]}]/dg;

/** The value of an argument, and where it is. */
type Argument = TextRange & { readonly value: string };

/** The strings and numbers of a tag by their names, without those in brackets. */
function argumentsOf(tag: string): ReadonlyMap<string, Argument> {
  const found = new Map<string, Argument>();
  let depth = 0;
  for (const { 0: whole, 1: name, 3: text, 4: digits, indices } of tag.matchAll(argument)) {
    const value = text ?? digits;
    if (/^[([{]$/.test(whole)) depth++;
    else if (/^[)\]}]$/.test(whole)) depth--;
    else if (depth === 0 && name !== undefined && value !== undefined && !found.has(name)) {
      const [start, end] = indices?.[text === undefined ? 4 : 3] ?? [0, 0];
      found.set(name, { start, end, value });
    }
  }
  return found;
}

/** What the arguments of a tag say of its image. */
function detailsOf(given: ReadonlyMap<string, Argument>): LinkDetails {
  const alt = given.get("alt")?.value;
  const [, width, height] = /^(\d+)x(\d+)$/.exec(given.get("size")?.value ?? "") ?? [];
  return {
    ...(alt === undefined ? {} : { alt: unescapeQuoted(alt) }),
    ...pixelsOf("width", given.get("width")?.value ?? width),
    ...pixelsOf("height", given.get("height")?.value ?? height),
  };
}

/** The images of Rails' templates. */
export const readImageTags = (text: string): readonly ImageLink[] =>
  [...text.matchAll(imageTag)].flatMap(({ 0: whole, 1: before = "", 3: quoted = "", 4: others = "", index }) => {
    const path = railsPath(quoted);
    const range = { start: index, end: index + whole.length };
    const details = detailsOf(argumentsOf(others));
    return path === undefined ? [] : [templateLink(text, range, { path, offset: index + before.length }, details)];
  });

/** The images of Hugo's shortcodes. */
export const readShortcodes = (text: string): readonly ImageLink[] =>
  [...text.matchAll(shortcode)].flatMap(({ 0: whole, 1: before = "", 2: others = "", index }) => {
    const given = argumentsOf(others);
    const source = given.get("src");
    if (source === undefined || !hasImageExtension(source.value)) return [];
    const offset = index + before.length;
    const url = { start: offset + source.start, end: offset + source.end };
    return [urlLink(text, { start: index, end: index + whole.length }, url, (one) => one, detailsOf(given))];
  });
