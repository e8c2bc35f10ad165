import type { LinkLanguage } from "./linkLanguages.ts";

const picture =
  "(?:pictures?|images?|imgs?|photos?|photographs?|illustrations?|screenshots?|hero|banner|logo|icon|figure|diagram|graphic|avatar|thumbnail|cover)";
/** What may follow the picture, if the text is about nothing else. */
const onlyPicture = `${picture}(?:\\s+(?:of|for|with|here|goes|showing)\\b.*|\\s*:.*|\\W*)$`;
const toDo = "(?:todo|fixme|tbd|xxx|placeholder)";

/** Longest text that counts as a placeholder, in UTF-16 code units. */
const maxLength = 120;

/** What a comment says if a picture belongs there; in English only. */
const commentPatterns: readonly RegExp[] = [
  // “hero goes here”, “the image of the hut is missing here”
  new RegExp(`\\b${picture}\\b.*\\b(?:goes|go|belongs?|comes?|needed|missing)\\s+(?:in\\s+)?here\\b`, "i"),
  // “TODO: add an image of the hut”, “hero placeholder”
  new RegExp(`^${toDo}\\b(?:\\W+\\w+){0,4}\\W+${onlyPicture}`, "i"),
  new RegExp(`\\b${picture}\\s+${toDo}\\W*$`, "i"),
  // “image: a red hut”, “image here”
  /^(?:picture|image|img|photo|illustration|screenshot)\s*:/i,
  new RegExp(`\\b${picture}\\s+here\\b`, "i"),
  new RegExp(`^(?:insert|add|put|place)\\b(?:\\W+\\w+){0,4}\\W+${onlyPicture}`, "i"),
];

/** What a line of text says if it is only there for a picture. Stricter, since others read it. */
const textPatterns: readonly RegExp[] = [
  new RegExp(`^\\W*${toDo}\\b(?:\\W+\\w+){0,4}\\W+${onlyPicture}`, "i"),
  new RegExp(
    `^(?:the\\s+|an?\\s+)?(?:\\w+\\s+){0,3}${picture}(?:\\s+of\\s+[\\w\\s-]+?)?\\s+(?:goes|belongs|comes)\\s+here\\W*$`,
    "i",
  ),
  new RegExp(
    `^[[(]+\\s*(?:(?:insert|add|put)\\s+)?(?:\\w+\\s+){0,3}${picture}(?:\\s+(?:goes\\s+)?here|\\s+placeholder|\\s*:[^\\])]*)?\\s*[\\])]+$`,
    "i",
  ),
];

const matchesAny = (patterns: readonly RegExp[], text: string): boolean =>
  text.length <= maxLength && patterns.some((pattern) => pattern.test(text));

/** The words of a comment, without its delimiters. */
export const commentText = (comment: string): string =>
  comment
    .replace(/^(?:\{\s*\/\*+|\/\*+|<!-+|\{\{~?!-*|\/{2,}|%+|\.\.)/, "")
    .replace(/(?:\*+\/\s*\}?|-+>|-*~?\}\}|\/{4,})\s*$/, "")
    .replace(/\s+/g, " ")
    .trim();

/** Whether a comment says that a picture belongs there. */
export const isPlaceholderComment = (words: string): boolean => matchesAny(commentPatterns, words);

/** Whether a line of text is only there for a picture, such as “[image here]”. */
export const isPlaceholderLine = (words: string): boolean => matchesAny(textPatterns, words);

/** Links to nothing. In `path`, group 1 is what is before the path, and group 2 the path. */
export interface EmptyLinkPatterns {
  /** A link without any other content, which is replaced as a whole. */
  readonly whole?: RegExp;
  readonly path: RegExp;
}

const nothing = "(?:TODO|TBD|FIXME|#|\\?{1,3})?";
const something = "(?:TODO|TBD|FIXME|\\?{1,3})";

const emptyTag: EmptyLinkPatterns = {
  whole: new RegExp(`<img\\s+src=(["'])${nothing}\\1(?:\\s+alt=(["'])\\2)?\\s*/?>`, "gi"),
  path: new RegExp(`(<img\\b[^<>]{0,500}?\\ssrc=["'])(${nothing})(?=["'])`, "gi"),
};
const emptyMarkdown: EmptyLinkPatterns = {
  whole: new RegExp(`!\\[\\]\\(${nothing}\\)`, "gi"),
  path: new RegExp(`(!\\[[^\\]\\r\\n]{1,500}\\]\\()(${nothing})(?=\\))`, "gi"),
};
const emptyUrl: EmptyLinkPatterns = { path: new RegExp(`(\\burl\\(["']?)(${nothing})(?=["']?\\))`, "gi") };

/** Links to nothing, such as `<img src="">` and `![A hut](TODO)`. */
export const emptyLinks: Readonly<Record<LinkLanguage, EmptyLinkPatterns>> = {
  html: emptyTag,
  vue: emptyTag,
  svelte: emptyTag,
  astro: emptyTag,
  php: emptyTag,
  handlebars: emptyTag,
  markdown: emptyMarkdown,
  mdx: emptyMarkdown,
  javascriptreact: emptyTag,
  typescriptreact: emptyTag,
  css: emptyUrl,
  scss: emptyUrl,
  sass: emptyUrl,
  less: emptyUrl,
  restructuredtext: { path: new RegExp(`^([ \\t]*\\.\\. (?:image|figure)::[ \\t]+)(${something})[ \\t]*$`, "gim") },
  asciidoc: { path: new RegExp(`(\\bimage::?)(${something})(?=\\[)`, "gi") },
  latex: { path: new RegExp(`(\\\\includegraphics(?:\\[[^\\]\\r\\n]{0,500}\\])?\\{)(${nothing})(?=\\})`, "gi") },
};
