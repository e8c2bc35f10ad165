import { fencedCode, linkSyntaxOf, scriptTokens, templateText } from "./linkSyntax.ts";
import { type TokenRule, tokensOf } from "./tokens.ts";

/** The code of a document of Astro between two lines of hyphens, or the YAML of one in MDX. */
export const frontMatter = /^---[ \t]*\r?\n([\s\S]*?\r?\n)?---[ \t]*(?:\r?\n|$)/;

const mdx = linkSyntaxOf("mdx");

/** Source: MDX 3, “ESM”: code starts a block, so a line below that of a paragraph is text. */
const mdxTokens: readonly TokenRule[] = [
  ...(mdx?.layout === "paragraphs" ? mdx.tokens : []),
  // A fence that is not closed ends with the document.
  { ...fencedCode, close: /(?![\s\S])/g },
  { ...templateText, open: /`(?<=[={(,]\s{0,100}`)/g },
  {
    kind: "literal",
    open: /^import\b(?<=^(?!import\b|export\b)[^\s#<})\]`~/-].*\r?\nimport)/gm,
    close: /^[ \t]*$|(?![\s\S])/gm,
  },
];

/** A text in quotes, a bracket, or a line that starts like an import. */
const nesting = /(["'])(?:\\.|(?!\1)[^\\\r\n])*\1|[([{]|[)\]}]|^import\b.*$/gm;

/** The code with spaces instead of lines in brackets that start like an import: text of JSX. */
function withoutNestedImports(code: string): string {
  let depth = 0;
  return code.replace(nesting, (part) => {
    if (/^[([{]/.test(part)) depth++;
    else if (/^[)\]}]/.test(part)) depth = Math.max(0, depth - 1);
    return depth > 0 && part.startsWith("import") ? " ".repeat(part.length) : part;
  });
}

/**
 * The text with spaces instead of what only looks like code: comments, texts of several lines and
 * samples. Offsets stay the same. Only scripts, Astro and MDX have any.
 */
export function codeAlone(text: string, languageId: string): string {
  const isMdx = languageId === "mdx";
  const code = languageId === "astro" ? (frontMatter.exec(text)?.[0] ?? "") : text;
  if (!isMdx && languageId !== "astro" && !languageId.endsWith("react")) return text;
  let alone = "";
  let offset = 0;
  for (const { kind, start, end } of tokensOf(code, isMdx ? mdxTokens : scriptTokens)) {
    if (kind === "path" && code[start] !== "`") continue;
    alone += code.slice(offset, start) + code.slice(start, end).replace(/[^\r\n]/g, " ");
    offset = end;
  }
  alone += code.slice(offset);
  return languageId.endsWith("react") ? withoutNestedImports(alone) : alone;
}
