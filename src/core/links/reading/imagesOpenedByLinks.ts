import { parser as htmlParser } from "@lezer/html";
import { parser as markdownParser } from "@lezer/markdown";
import { decodeEntities } from "./entities.ts";
import { hasImageExtension, type ImageLink, type LinkReader, shiftLink, urlLink } from "./imageLink.ts";
import { unescapeMarkdown, urlRange } from "./markdownLinks.ts";
import { limited, parseMarkdown } from "./markdownParser.ts";
import { attributesOf } from "./markupLinks.ts";
import { parseInTime, timeFor } from "./timeLimit.ts";

/** The addresses of images in `href` of `<a>`. */
const readAnchors: LinkReader = (text, time) => {
  const links: ImageLink[] = [];
  parseInTime(time, htmlParser, text).iterate({
    enter: ({ name, from, to, node }) => {
      const tagName = name === "OpenTag" ? node.getChild("TagName") : null;
      if (tagName === null || !/^a$/i.test(text.slice(tagName.from, tagName.to))) return;
      const hrefs = attributesOf(text, node).filter((one) => one.name === "href" && hasImageExtension(one.text));
      links.push(...hrefs.map(({ value }) => urlLink(text, { start: from, end: to }, value, decodeEntities, {})));
    },
  });
  return links;
};

/** The addresses of images in links of Markdown, in definitions of references, and in `<a>`. */
const readMarkdown: LinkReader = (text, time) => {
  const links: ImageLink[] = [];
  parseMarkdown(time, limited(markdownParser, time), text).iterate({
    enter: ({ name, from, to, node }) => {
      if (name === "HTMLTag" || name === "HTMLBlock") {
        links.push(...readAnchors(text.slice(from, to), time).map((link) => shiftLink(link, from)));
      }
      const url = name === "Link" || name === "LinkReference" ? node.getChild("URL") : null;
      if (url === null) return;
      const range = urlRange(text, url);
      if (hasImageExtension(text.slice(range.start, range.end))) {
        links.push(urlLink(text, { start: from, end: to }, range, unescapeMarkdown, {}));
      }
    },
  });
  return links;
};

/** The readers, by VS Code's identifier of the language. */
const readers: Readonly<Record<string, LinkReader>> = {
  ...{ markdown: readMarkdown, mdx: readMarkdown },
  ...{ html: readAnchors, vue: readAnchors, svelte: readAnchors, astro: readAnchors },
  ...{ php: readAnchors, handlebars: readAnchors },
};

/** The links that open an image instead of showing it; none in languages without such links. */
export const readImagesOpenedByLinks = (text: string, languageId: string): readonly ImageLink[] =>
  readers[languageId]?.(text, timeFor(text)) ?? [];
