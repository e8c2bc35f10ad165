import type { LinkedText } from "./linkEdit.ts";
import { linkSyntaxOf } from "./linkSyntax.ts";
import { tokensOf } from "./tokens.ts";

/** A style sheet. */
type StyleSheet = Pick<LinkedText, "text" | "languageId">;

/** The text without what is in comments, strings and interpolations, at the same offsets. */
function structureOf({ text, languageId }: StyleSheet): string {
  const syntax = linkSyntaxOf(languageId);
  const tokens = syntax?.layout === "inline" ? tokensOf(text, syntax.tokens) : [];
  const blank = (part: string) => " ".repeat(part.length);
  let structure = "";
  for (const { start, end } of tokens) {
    structure += text.slice(structure.length, start) + blank(text.slice(start, end));
  }
  // `#{…}` of SCSS and `@{…}` of Less.
  return (structure + text.slice(structure.length)).replace(/[#@]\{[^{}]*\}/g, (part) => "x".repeat(part.length));
}

/**
 * Whether an offset in a style sheet is behind the name of a property or variable, where only a
 * value fits.
 *
 * @param offset in UTF-16 code units.
 */
export function isInDeclaration(document: StyleSheet, offset: number): boolean {
  const structure = structureOf(document);
  const before = structure.slice(0, offset);
  const [line = ""] = /^[^;{}\r\n]*/.exec(structure.slice(offset)) ?? [];
  const isSelector = structure
    .slice(offset + line.length)
    .trimStart()
    .startsWith("{");
  const isInBlock = before.split("{").length > before.split("}").length;
  const start = Math.max(...["{", "}", ";"].map((delimiter) => before.lastIndexOf(delimiter))) + 1;
  const [, name] = /^\s*([\w$@-]+)\s*:(?!:)/.exec(before.slice(start)) ?? [];
  // Outside of blocks only variables have values: `a:hover` is a selector.
  return name !== undefined && name !== "@page" && !isSelector && (isInBlock || /^[$@]/.test(name));
}
