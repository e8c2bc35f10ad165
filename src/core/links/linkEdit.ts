import { indentOf, lineAt, lineBreakOf, linesOf } from "./lines.ts";

/** The element that shows an image, such as the `Image` of a framework. */
export interface ImageElement {
  readonly tag: string;
  /** The attribute that holds the path. */
  readonly attribute: string;
  /** Code that a bundler turns into the address of a file; `$` stands for the path. */
  readonly code?: string | undefined;
  /** Imports that it needs, with double quotes and without a semicolon. */
  readonly imports?: readonly string[];
}

/** The two forms of a link to one picture. */
export interface LinkForms {
  /** The link in the document's language, such as `<img src="fox.png" alt="A fox">`. */
  readonly markup: string;
  /** The form within a line, if `markup` is a block. */
  readonly inline?: string;
  /** Imports that the markup needs; see `ImageElement`. */
  readonly imports?: readonly string[];
  /** The path alone, for a place where only a path fits, such as between the quotes of `src=""`. */
  readonly path: string;
}

/** A document that links are inserted into. */
export interface LinkedText {
  readonly text: string;
  /** VS Code's identifier. */
  readonly languageId: string;
  /** One level of indentation: a tab, or some spaces. */
  readonly indentUnit: string;
}

/** A replacement in a text. Offsets are in UTF-16 code units of the text before it. */
export interface LinkEdit {
  /** An insertion that belongs to it, elsewhere in the text. */
  readonly imports?: LinkEdit | undefined;
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * The lines of the links, each link on its own line.
 *
 * @param prefix what each line but the first starts with.
 */
export const linkLines = (links: readonly LinkForms[], lineBreak: string, prefix: string): string =>
  links.flatMap(({ markup }) => markup.split("\n")).join(`${lineBreak}${prefix}`);

/** Replaces a part of the text with the paths alone, one after the other. */
export const insertPath = (links: readonly LinkForms[], start: number, end = start): LinkEdit => ({
  start,
  end,
  text: links.map(({ path }) => path).join(", "),
});

/** Inserts the links exactly at the offset. */
export const insertUnchanged = (text: string, offset: number, links: readonly LinkForms[]): LinkEdit => ({
  start: offset,
  end: offset,
  text: linkLines(links, lineBreakOf(text), ""),
});

const isWordCharacter = (character: string): boolean => /[\p{L}\p{N}]/u.test(character);

/**
 * Inserts the links inside a line, with a space between a word and a link.
 *
 * @param isAfterComment whether the offset is right behind a comment, which needs a space too.
 */
export function insertInline(
  text: string,
  offset: number,
  links: readonly LinkForms[],
  isAfterComment = false,
): LinkEdit {
  const indent = indentOf(lineAt(linesOf(text), offset).text);
  const before = isAfterComment || isWordCharacter(text.charAt(offset - 1)) ? " " : "";
  const after = isWordCharacter(text.charAt(offset)) ? " " : "";
  return { start: offset, end: offset, text: before + linkLines(links, lineBreakOf(text), indent) + after };
}
