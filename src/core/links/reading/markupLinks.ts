import type { SyntaxNode } from "@lezer/common";
import { parser } from "@lezer/html";
import { decodeEntities } from "./entities.ts";
import {
  candidatesOf,
  contextAt,
  hasImageExtension,
  type ImageLink,
  type LinkDetails,
  type LinkReader,
  pixelsOf,
  shiftLink,
  type TextRange,
  urlLink,
} from "./imageLink.ts";
import { readScriptLinks } from "./scriptLinks.ts";
import { readStyleLinks } from "./styleLinks.ts";
import { templateLink, templatePath, withoutTemplateMarks } from "./templatePath.ts";
import { readImageTags } from "./templateTags.ts";
import { parseInTime } from "./timeLimit.ts";

/** An attribute with a value. */
interface Attribute {
  readonly name: string;
  readonly value: TextRange;
  readonly text: string;
}

/** Elements whose `src` is no image. */
const otherSources = /^(?:script|iframe|audio|video|track|embed|input|frame)$/;

/** Attributes that may hold the path of an image. */
const imageAttributes = /^(?:src|srcset|ngsrc|poster|(?:xlink:)?href|content)$/;

/** Whether an attribute holds the path of an image, or of several, by the name of its element. */
function holdsImage(tag: string, name: string, value: string): boolean {
  switch (name) {
    case "src":
      return tag === "img" || (!otherSources.test(tag) && hasImageExtension(value));
    case "srcset":
      return true;
    case "ngsrc":
      return tag === "img";
    case "poster":
      return tag === "video";
    case "href":
    case "xlink:href":
      return (tag === "link" || tag === "image") && hasImageExtension(value);
    case "content":
      return tag === "meta" && hasImageExtension(value);
    default:
      return false;
  }
}

/** Code of a template, whose value only a program knows. */
const isExpression = (value: string): boolean => /[{}]|<[?%]/.test(value);

/** The addresses of an attribute; none in code. */
function urlsOf({ text, value, name }: Attribute): readonly TextRange[] {
  if (isExpression(text)) return [];
  return name === "srcset" ? candidatesOf(text, value.start) : [value];
}

/** The attributes of a tag that have a value. */
export function attributesOf(text: string, tag: SyntaxNode): readonly Attribute[] {
  return tag.getChildren("Attribute").flatMap((attribute) => {
    const [name, value] = [attribute.firstChild, attribute.lastChild];
    const isQuoted = value?.name === "AttributeValue";
    if (name === null || value === null || !(isQuoted || value.name === "UnquotedAttributeValue")) {
      return [];
    }
    // Behind a broken tag, the end of the text may be the end of the value.
    const isClosed = isQuoted && value.to - value.from > 1 && text[value.to - 1] === text[value.from];
    const range = { start: value.from + (isQuoted ? 1 : 0), end: value.to - (isClosed ? 1 : 0) };
    return [
      { name: text.slice(name.from, name.to).toLowerCase(), value: range, text: text.slice(range.start, range.end) },
    ];
  });
}

/** The alternative text that an expression says literally, as `astroText` writes it. */
function literalOf(expression: string | undefined): LinkDetails {
  const [, text] = /^\{"((?:[^"\\]|\\u[\da-f]{4})*)"\}$/.exec(expression ?? "") ?? [];
  const decode = (_: string, hex: string) => String.fromCharCode(Number.parseInt(hex, 16));
  return text === undefined ? {} : { alt: text.replace(/\\u(.{4})/g, decode) };
}

function detailsOf(attributes: readonly Attribute[], context: LinkDetails): LinkDetails {
  const value = (name: string) => attributes.find((one) => one.name === name)?.text;
  const alt = value("alt");
  return {
    ...(alt === undefined || /^\{.*\}$/.test(alt) ? literalOf(alt) : { alt: decodeEntities(alt) }),
    ...pixelsOf("width", value("width")),
    ...pixelsOf("height", value("height")),
    ...context,
  };
}

function linksOfTag(text: string, tag: SyntaxNode, context: LinkDetails): readonly ImageLink[] {
  const tagName = tag.getChild("TagName");
  const name = tagName === null ? "" : text.slice(tagName.from, tagName.to).toLowerCase();
  const attributes = attributesOf(text, tag);
  const details = detailsOf(attributes, context);
  const range = { start: tag.from, end: tag.to };
  return attributes.flatMap((attribute) => {
    if (attribute.name === "style") {
      return readStyleLinks(attribute.text).map((link) => ({ ...shiftLink(link, attribute.value.start), ...context }));
    }
    if (attribute.text === "" || !imageAttributes.test(attribute.name)) return [];
    const path = templatePath(attribute.text);
    const value = path === undefined ? attribute.text : attribute.text.slice(path.start, path.end);
    if (!holdsImage(name, attribute.name, value)) return [];
    return path === undefined
      ? urlsOf(attribute).map((url) => urlLink(text, range, url, decodeEntities, details))
      : [templateLink(text, range, { path, offset: attribute.value.start }, details)];
  });
}

/** The words of a heading, without tags. */
const wordsOf = (text: string): string =>
  decodeEntities(text.replace(/<[^<>]*>/g, ""))
    .replace(/\s+/g, " ")
    .trim();

/** Reads the images of a document of tags, also in its styles and scripts. */
export const readMarkupLinks: LinkReader = (text, time) => {
  const links: ImageLink[] = [...readImageTags(text)];
  const headings: { start: number; title: string }[] = [];
  parseInTime(time, parser, withoutTemplateMarks(text)).iterate({
    enter: ({ name, from, to, node }) => {
      if (name === "OpenTag" || name === "SelfClosingTag") {
        links.push(...linksOfTag(text, node, contextAt(headings, from)));
        const isHeading = /^<h[1-6]\b/i.test(text.slice(from, from + 4));
        const title = isHeading ? text.slice(to, node.parent?.lastChild?.from ?? to) : "";
        if (title !== "") headings.push({ start: from, title: wordsOf(title) });
      } else if (name === "StyleText" || (name === "ScriptText" && hasImageExtensionWithin(text.slice(from, to)))) {
        const part = text.slice(from, to);
        const read = name === "StyleText" ? readStyleLinks(part) : readScriptLinks(part, time);
        links.push(...read.map((link) => shiftLink(link, from)));
      }
    },
  });
  return links;
};

/** Most scripts name no image, so they need not be parsed. */
const hasImageExtensionWithin = (text: string): boolean => /\.(?:png|jpe?g|webp|gif|svg|ico|avif|bmp)/i.test(text);

/** Reads a document of Astro, which starts with code between two lines of hyphens. */
export const readAstroLinks: LinkReader = (text, time) => {
  const [frontMatter = "", open = "", code = ""] = /^(\s*---[^\S\n]*\n)([\s\S]*?)\n---/.exec(text) ?? [];
  return [
    ...readScriptLinks(code, time).map((link) => shiftLink(link, open.length)),
    ...readMarkupLinks(text.slice(frontMatter.length), time).map((link) => shiftLink(link, frontMatter.length)),
  ];
};
