import { escapeBidiControls } from "../../core/text/invisibleCharacters.ts";

/**
 * Escapes a text for Markdown, so that a folder name cannot become a link, a tag, an image or a
 * second cell, and cannot disguise the text after it.
 */
export const escapeMarkdown = (text: string): string =>
  escapeBidiControls(text.replace(/\s+/g, " ")).replace(/[!-/:-@[-`{-~]/g, (character) => `\\${character}`);

/** A table with the first column aligned left and the others right. Cells are Markdown. */
export function markdownTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(header), line(header.map((_, index) => (index === 0 ? "---" : "---:"))), ...rows.map(line)].join("\n");
}
