/**
 * A text as Markdown that says just that: no name of a folder becomes a link, a tag, a picture or a
 * second cell.
 */
export const escapeMarkdown = (text: string): string =>
  text.replace(/\s+/g, " ").replace(/[!-/:-@[-`{-~]/g, (character) => `\\${character}`);

/**
 * A table, the first column aligned to the left and the others to the right. Cells are Markdown.
 */
export function markdownTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(header), line(header.map((_, index) => (index === 0 ? "---" : "---:"))), ...rows.map(line)].join("\n");
}
