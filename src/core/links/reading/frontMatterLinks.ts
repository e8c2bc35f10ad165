import { hasImageExtension, type ImageLink, urlLink } from "./imageLink.ts";

/** Length of the YAML at the start of a Markdown document, with its last `---`; 0 without. */
export const frontMatterLength = (text: string): number =>
  /^---[^\S\n]*\n[\s\S]*?\n---[^\S\n]*(?=\n|$)/.exec(text)?.[0].length ?? 0;

/** Lines; the limit bounds the time that a hostile one takes. */
const lines = /^.{1,1000}$/gm;

/** A key, or an item of a list, and a value, perhaps in quotes and before a comment. */
const entry =
  /^(?<start>[ \t]*(?:(?:-[ \t]+)?(?<key>[\w-]+):[ \t]+|-[ \t]+))(?<quote>["']?)(?<value>\S(?:.*?\S)?)\k<quote>[ \t]*(?:[ \t]#.*)?$/;

/**
 * Reads the images of the YAML at the start of a Markdown document, one on a line, such as
 * `cover: images/hut.png`. The title of the page is their context.
 */
export function readFrontMatterLinks(document: string): readonly ImageLink[] {
  const text = document.slice(0, frontMatterLength(document));
  const entries = [...text.matchAll(lines)].flatMap(({ 0: line, index }) => {
    const { start: before = "", key, quote = "", value } = entry.exec(line)?.groups ?? {};
    const start = index + before.length + quote.length;
    return value === undefined ? [] : [{ key, value, range: { start, end: start + value.length } }];
  });
  const title = entries.find(({ key }) => key === "title")?.value;
  const details = title === undefined ? {} : { context: title };
  return (
    entries
      // A value with spaces is a sentence that ends with the name of an image.
      .filter(({ key, value }) => key !== "title" && hasImageExtension(value) && !/\s/.test(value))
      .map(({ range }) => urlLink(text, range, range, (written) => written, details))
  );
}
