import { hasImageExtension, type ImageLink, urlLink } from "./imageLink.ts";

/**
 * Length of the YAML or TOML at the start of a Markdown document, with its last `---` or `+++`; 0
 * without.
 */
export const frontMatterLength = (text: string): number =>
  /^(---|\+\+\+)[^\S\n]*\n[\s\S]*?\n\1[^\S\n]*(?=\n|$)/.exec(text)?.[0].length ?? 0;

/** Lines; the limit bounds the time that a hostile one takes. */
const lines = /^.{1,1000}$/gm;

/** A key, or an item of a list, and a value, perhaps in quotes and before a comment. */
const yamlEntry =
  /^(?<start>[ \t]*(?:(?:-[ \t]+)?(?<key>[\w-]+):[ \t]+|-[ \t]+))(?<quote>["']?)(?<value>\S(?:.*?\S)?)\k<quote>[ \t]*(?:[ \t]#.*)?$/;
const tomlEntry =
  /^(?<start>[ \t]*(?<key>[\w-]+)[ \t]*=[ \t]*)(?<quote>["']?)(?<value>\S(?:.*?\S)?)\k<quote>[ \t]*(?:[ \t]#.*)?$/;

/** An item of a list in brackets. */
const item = /(?<=[[,][ \t]*)(["']?)([^"',[\]\s]{1,500})\1(?=[ \t]*[,\]])/g;

/** The value, or the items of its list, with their places in the text. */
function valuesOf(value: string, start: number) {
  return /^\[.*\]$/.test(value)
    ? [...value.matchAll(item)].map(({ 1: quote = "", 2: one = "", index }) => ({
        value: one,
        start: start + index + quote.length,
      }))
    : [{ value, start }];
}

/**
 * Reads the images of the YAML or TOML at the start of a Markdown document, such as `cover:
 * images/hut.png` or `images = ["hut.png"]`. The title of the page is their context.
 */
export function readFrontMatterLinks(document: string): readonly ImageLink[] {
  const text = document.slice(0, frontMatterLength(document));
  const entry = text.startsWith("+++") ? tomlEntry : yamlEntry;
  const entries = [...text.matchAll(lines)].flatMap(({ 0: line, index }) => {
    const { start: before = "", key, quote = "", value: all = "" } = entry.exec(line)?.groups ?? {};
    return valuesOf(all, index + before.length + quote.length).map(({ value, start }) => ({
      ...{ key, value },
      range: { start, end: start + value.length },
    }));
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
