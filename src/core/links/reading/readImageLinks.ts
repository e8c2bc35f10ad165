import type { LinkLanguage } from "../linkLanguages.ts";
import { linkSyntaxOf } from "../linkSyntax.ts";
import type { ImageLink, LinkReader } from "./imageLink.ts";
import { readImagesOpenedByLinks } from "./imagesOpenedByLinks.ts";
import { readMarkdownLinks, readMdxLinks } from "./markdownLinks.ts";
import { readAstroLinks, readMarkupLinks } from "./markupLinks.ts";
import { readAsciidocLinks, readLatexLinks, readRestLinks } from "./paragraphLinks.ts";
import { readJavaScriptLinks, readScriptLinks, readTypeScriptLinks } from "./scriptLinks.ts";
import { readStyleLinks } from "./styleLinks.ts";
import { timeFor } from "./timeLimit.ts";

// Configurations of sites are code too; the parser is in memory once.
export { readJson, readScript } from "./scriptValues.ts";

/** Style sheets differ in their comments. */
const readStyleSheet =
  (languageId: "css" | "scss"): LinkReader =>
  (text) => {
    const syntax = linkSyntaxOf(languageId);
    return readStyleLinks(text, syntax?.layout === "inline" ? syntax.tokens : []);
  };

/** The readers, by VS Code's identifier of the language. */
const readers: Readonly<Record<LinkLanguage | "javascript" | "typescript", LinkReader>> = {
  markdown: readMarkdownLinks,
  mdx: readMdxLinks,
  html: readMarkupLinks,
  vue: readMarkupLinks,
  svelte: readMarkupLinks,
  php: readMarkupLinks,
  handlebars: readMarkupLinks,
  astro: readAstroLinks,
  javascript: readJavaScriptLinks,
  javascriptreact: readJavaScriptLinks,
  typescript: readTypeScriptLinks,
  typescriptreact: readScriptLinks,
  css: readStyleSheet("css"),
  scss: readStyleSheet("scss"),
  sass: readStyleSheet("scss"),
  less: readStyleSheet("scss"),
  restructuredtext: readRestLinks,
  asciidoc: readAsciidocLinks,
  latex: readLatexLinks,
};

const readerOf = (languageId: string): LinkReader | undefined =>
  Object.entries(readers).find(([id]) => id === languageId)?.[1];

/**
 * The image links of a document, in any order; none in a language that Limn does not know. Broken
 * text is no error: what can be read in it is read. The time is limited, so of a text that is made
 * to take long, only the start may be read.
 *
 * @param languageId VS Code's identifier of the language.
 */
export const readImageLinks = (text: string, languageId: string): readonly ImageLink[] =>
  readerOf(languageId)?.(text, timeFor(text)) ?? [];

/**
 * The image links of a document, and those that open an image, such as `[full size](hut.png)`. Each
 * path is there once, also if several links share it.
 *
 * @param languageId VS Code's identifier of the language.
 */
export function readLinksToImages(text: string, languageId: string): readonly ImageLink[] {
  const all = [...readImageLinks(text, languageId), ...readImagesOpenedByLinks(text, languageId)];
  return [...new Map(all.map((link) => [link.pathRange.start, link])).values()];
}
