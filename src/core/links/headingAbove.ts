/** Number of characters above the place that are read. */
const readLimit = 20_000;

const htmlHeading = /<h([1-6])\b[^>]{0,200}>(?<text>.{1,200}?)<\/h\1>/gi;
const markdownHeading = /^ {0,3}#{1,6}[ \t]+(?<text>\S.{0,200}?)(?:[ \t]+#+)?[ \t]*$/gm;

/** How headings are written, by VS Code language identifier. Each pattern has a group `text`. */
const headingPatterns: Readonly<Record<string, readonly RegExp[]>> = {
  markdown: [markdownHeading, htmlHeading],
  mdx: [markdownHeading, htmlHeading],
  html: [htmlHeading],
  vue: [htmlHeading],
  svelte: [htmlHeading],
  astro: [htmlHeading],
  php: [htmlHeading],
  handlebars: [htmlHeading],
  javascriptreact: [htmlHeading],
  typescriptreact: [htmlHeading],
  asciidoc: [/^={1,6}[ \t]+(?<text>\S.{0,200}?)[ \t]*$/gm],
  restructuredtext: [/^(?<text>\S.{0,200})\r?\n(?<line>[=~^"'#*+-])\k<line>{2,}[ \t]*\r?$/gm],
  latex: [/\\(?:chapter|(?:sub){0,2}section)\*?\{(?<text>[^{}]{1,200})\}/g],
};

const withoutMarkup = (heading: string): string =>
  heading
    .replace(/<[^>]*>|\{[^}]*\}/g, " ")
    .replace(/[*_`]/g, "")
    .replace(/\s+/g, " ")
    .trim();

/**
 * The nearest heading above the end of a text, without its markup; `undefined` if there is none, or
 * the language has none.
 *
 * @param before the text of the document up to a place.
 */
export function headingAbove(languageId: string, before: string): string | undefined {
  const near = before.slice(-readLimit);
  const patterns = Object.hasOwn(headingPatterns, languageId) ? (headingPatterns[languageId] ?? []) : [];
  const found = patterns
    .flatMap((pattern) => [...near.matchAll(pattern)])
    .map(({ index, groups }) => ({ index, text: withoutMarkup(groups?.text ?? "") }))
    .filter(({ text }) => text !== "");
  return found.toSorted((one, other) => one.index - other.index).at(-1)?.text;
}
