import type { LinkLanguage } from "./linkLanguages.ts";
import type { TokenEnd, TokenRule } from "./tokens.ts";

/** A language of tags, whose text is laid out like HTML. */
export interface MarkupSyntax {
  readonly layout: "markup";
  /**
   * What braces mean between tags. `code` is JavaScript that may contain tags; `braces` and
   * `mustaches` (`{{…}}`) hold no tags.
   */
  readonly expressions: "none" | "mustaches" | "braces" | "code";
  /** Whether the document is code, with tags in it, and each tag is closed. */
  readonly isCode: boolean;
}

/** A language of paragraphs, which blank lines or special lines separate. */
export interface ParagraphSyntax {
  readonly layout: "paragraphs";
  readonly tokens: readonly TokenRule[];
  /** Matches a line that belongs to no paragraph, such as a heading. */
  readonly singleLine: RegExp;
  /** Matches a line that starts a new paragraph or block without a blank line before it. */
  readonly blockStart: RegExp;
  /** Matches a line of text, which a blank line must separate from the link. */
  readonly textLine: RegExp;
  /** The start of a quoted line. */
  readonly quote?: RegExp;
  /** The start of a list item. Its paragraphs are indented by the length of group 1. */
  readonly listItem?: RegExp;
  /** A line that joins a block to the list item above it, instead of indentation. */
  readonly listContinuation?: string;
  /** Whether lines below a link belong to it if they are indented further. */
  readonly ownsIndented?: boolean;
  /** Matches a line of a table, in which a link stays in its cell. */
  readonly tableRow?: RegExp;
  /** What is before the cursor if only a path fits there. */
  readonly beforePath: RegExp;
}

/** A language in which a link stays inside its line. */
export interface InlineSyntax {
  readonly layout: "inline";
  readonly tokens: readonly TokenRule[];
}

/** What Limn knows about a language to find the place of a link. */
export type LinkSyntax = MarkupSyntax | ParagraphSyntax | InlineSyntax;

const lineEnd = /$/gm;
const htmlComment: TokenRule = { kind: "comment", open: /<!--/g, close: /-->/g };
const blockComment: TokenRule = { kind: "comment", open: /\/\*/g, close: /\*\//g };
const slashComment: TokenRule = { kind: "lineComment", open: /\/\//g, close: lineEnd };
const hashComment: TokenRule = { kind: "lineComment", open: /#/g, close: lineEnd };

/** A string that ends with its line at the latest. */
const quoted = (quote: string): TokenRule => ({
  kind: "path",
  open: new RegExp(quote, "g"),
  close: new RegExp(`${quote}(?<=(?<!\\\\)(?:\\\\\\\\)*${quote})|$`, "gm"),
});

const quotedTexts = [quoted('"'), quoted("'")] as const;
/** A text of JavaScript between backticks. */
export const templateText: TokenRule = { kind: "path", open: /`/g, close: /`(?<=(?<!\\)(?:\\\\)*`)/g };

/** JavaScript in a `script` element. */
export const scriptTokens: readonly TokenRule[] = [blockComment, slashComment, ...quotedTexts, templateText];

/** PHP between `<?php` and `?>`. */
export const phpTokens: readonly TokenRule[] = [blockComment, slashComment, hashComment, ...quotedTexts];

/**
 * Finds the end of a token whose start decides on it. Starts are short, because the size of a
 * pattern is limited.
 *
 * @param patternOf the pattern, with the flag `g`, for group 1 of the start.
 */
const closedBy =
  (patternOf: (delimiter: string) => RegExp) =>
  (text: string, { 0: { length }, 1: delimiter = "", index }: RegExpExecArray): TokenEnd | undefined => {
    const close = patternOf(delimiter);
    close.lastIndex = index + length;
    const match = close.exec(text);
    return match ? { bodyEnd: match.index, end: match.index + match[0].length } : undefined;
  };

/** `url(…)`, with or without quotes. It ends with its line at the latest. */
const cssUrl: TokenRule = {
  kind: "path",
  open: /\burl\([ \t]*(["']?)/gi,
  close: closedBy((quote) => new RegExp(`(?<!\\\\)${quote}[ \\t]*\\)|$`, "gm")),
};

/** CSS, also in a `style` element. */
export const cssTokens: readonly TokenRule[] = [blockComment, cssUrl, ...quotedTexts];

const css: InlineSyntax = { layout: "inline", tokens: cssTokens };
const cssWithLineComments: InlineSyntax = {
  layout: "inline",
  tokens: [blockComment, cssUrl, slashComment, ...quotedTexts],
};

const closeWithSameLine = closedBy((delimiter) => new RegExp(`^${delimiter.replace(/\W/g, "\\$&")}[ \\t]*$`, "gm"));

/** YAML or TOML at the start of a document. */
const frontMatter: readonly TokenRule[] = [
  { kind: "path", open: /(?<![\s\S])---[ \t]*\r?\n/g, close: /\r?\n---[ \t]*$/gm },
  { kind: "path", open: /(?<![\s\S])\+{3}[ \t]*\r?\n/g, close: /\r?\n\+{3}[ \t]*$/gm },
];

/** Source: CommonMark 0.31, 4.5 and 6.1. */
export const fencedCode: TokenRule = {
  kind: "literal",
  open: /^[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*(`{3,100}(?=[^`\r\n]*$)|~{3,100}(?!~))/gm,
  close: closedBy((fence) => new RegExp(`^[ \\t>]*${fence}[\`~]*[ \\t]*$`, "gm")),
};
const codeSpan: TokenRule = {
  kind: "skipped",
  open: /(?<!`)(`{1,100})(?!`)(?=[^\r\n]*?[^`\r\n]\1(?!`))/g,
  close: closedBy((ticks) => new RegExp(`(?<!\`)${ticks}(?!\`)`, "g")),
};

const markdown: ParagraphSyntax = {
  layout: "paragraphs",
  tokens: [...frontMatter, fencedCode, codeSpan, htmlComment],
  singleLine: /^[ \t]*#{1,6}[ \t]/,
  blockStart: /^[ \t]*(?:#{1,6}[ \t]|[-*+][ \t]|\d{1,9}[.)][ \t]|`{3}|~{3}|<!--|\{\/\*)/,
  textLine: /\S/,
  quote: /^(?:[ \t]{0,3}>[ \t]?)+/,
  listItem: /^[ \t]*((?:[-*+]|\d{1,9}[.)])[ \t]+)/,
  tableRow: /^[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$/,
  beforePath: /\]\($/,
};

/** The end of an explicit markup block: all lines after it that are indented further. */
function closeExplicitMarkup(text: string, { 0: first, 1: indent = "", index }: RegExpExecArray): TokenEnd {
  const next = /\r?\n(?:[ \t]*\r?\n)*([ \t]+)\S.*/gy;
  const firstLineEnd = text.slice(index).search(/\r?\n|$/) + index;
  let end = Math.max(firstLineEnd, index + first.length);
  next.lastIndex = end;
  for (
    let match = next.exec(text);
    match !== null && (match[1] ?? "").length > indent.length;
    match = next.exec(text)
  ) {
    end = match.index + match[0].length;
  }
  return { bodyEnd: end, end };
}

const restructuredtext: ParagraphSyntax = {
  layout: "paragraphs",
  tokens: [
    {
      // Neither a directive, a footnote, a target nor a substitution. Source: the specification of
      // reStructuredText, “Comments”.
      kind: "lineComment",
      open: /^([ \t]*)\.\.(?:[ \t]+(?![[_|]|[\w:+.-]+::)(?=\S)|[ \t]*$)/gm,
      close: closeExplicitMarkup,
    },
    // Source: the specification of reStructuredText, “Literal Blocks”.
    {
      kind: "literal",
      open: /^([ \t]*(?:(?:[-*+•]|(?:\d{1,9}|#)[.)])[ \t]+)?)(?!\.\.[ \t])(?:\S.*)?::[ \t]*$/gm,
      close: closeExplicitMarkup,
    },
    {
      kind: "literal",
      open: /^([ \t]*)\.\.[ \t]+(?:code|code-block|sourcecode|parsed-literal|raw|math)::.*/gm,
      close: closeExplicitMarkup,
    },
  ],
  ownsIndented: true,
  singleLine: /(?!)/,
  blockStart: /^[ \t]*(?:\.\.(?:[ \t]|$)|(?:[-*+•]|(?:\d{1,9}|#)[.)]|\((?:\d{1,9}|#)\))[ \t])/,
  textLine: /\S/,
  listItem: /^[ \t]*((?:[-*+•]|(?:\d{1,9}|#)[.)]|\((?:\d{1,9}|#)\))[ \t]+)/,
  beforePath: /^[ \t]*\.\.[ \t]+(?:image|figure)::[ \t]+$/,
};

const asciidoc: ParagraphSyntax = {
  layout: "paragraphs",
  tokens: [
    { kind: "comment", open: /^(\/{4,100})[ \t]*$/gm, close: closeWithSameLine },
    { kind: "literal", open: /^(-{4,100}|\.{4,100}|\+{4,100}|\|={3,100})[ \t]*$/gm, close: closeWithSameLine },
    { kind: "lineComment", open: /^\/\/(?!\/)/gm, close: lineEnd },
  ],
  singleLine: /^(?:={1,6}[ \t]|:[\w-]+!?:|\[[^\]]*\]$|\.\w|\w+::)/,
  blockStart: /^[ \t]*(?:={1,6}[ \t]|[*.-]{1,6}[ \t]|\d{1,9}\.[ \t]|\/\/|\[[^\]]*\]$|\.\w|\w+::|\+$)/,
  textLine: /\S/,
  listItem: /^[ \t]*((?:\*{1,6}|\.{1,6}|-|\d{1,9}\.)[ \t]+)/,
  listContinuation: "+",
  beforePath: /\bimage::?$/,
};

const latex: ParagraphSyntax = {
  layout: "paragraphs",
  tokens: [
    {
      kind: "literal",
      open: /\\begin\{(?:verbatim|lstlisting|minted)\}/g,
      close: /\\end\{(?:verbatim|lstlisting|minted)\}/g,
    },
    { kind: "comment", open: /\\begin\{comment\}/g, close: /\\end\{comment\}/g },
    { kind: "lineComment", open: /%(?<=(?<!\\)(?:\\\\)*%)/g, close: lineEnd },
  ],
  singleLine: /^[ \t]*(?:\\[a-z]|[%}])/i,
  blockStart: /^[ \t]*(?:\\[a-z]|[%}])/i,
  textLine: /^[ \t]*[^\s\\%{}]/,
  beforePath: /\\includegraphics(?:\[[^\]]*\])?\{$/,
};

/** The syntax of each language; the compiler asks for it. */
const linkSyntaxes: Readonly<Record<LinkLanguage, LinkSyntax>> = {
  html: { layout: "markup", expressions: "none", isCode: false },
  vue: { layout: "markup", expressions: "mustaches", isCode: false },
  svelte: { layout: "markup", expressions: "braces", isCode: false },
  astro: { layout: "markup", expressions: "code", isCode: false },
  php: { layout: "markup", expressions: "none", isCode: false },
  handlebars: { layout: "markup", expressions: "mustaches", isCode: false },
  markdown,
  mdx: { ...markdown, tokens: [...markdown.tokens, { kind: "comment", open: /\{\s*\/\*/g, close: /\*\/\s*\}/g }] },
  javascriptreact: { layout: "markup", expressions: "code", isCode: true },
  typescriptreact: { layout: "markup", expressions: "code", isCode: true },
  css,
  scss: cssWithLineComments,
  sass: cssWithLineComments,
  less: cssWithLineComments,
  restructuredtext,
  asciidoc,
  latex,
};

/** The syntax of a language, by VS Code's identifier; `undefined` if it has no link format. */
export const linkSyntaxOf = (languageId: string): LinkSyntax | undefined =>
  Object.entries(linkSyntaxes).find(([id]) => id === languageId)?.[1];
