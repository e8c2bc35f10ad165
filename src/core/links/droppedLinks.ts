import type { LinkForms } from "./linkEdit.ts";

/** The line that links are dropped into. */
interface DropLine {
  /** Its text before and behind the place of the drop. */
  readonly before: string;
  readonly after: string;
}

/**
 * The text of links that are dropped or pasted, exactly where the user drops them. In a line of
 * text, a block becomes its inline form, or blank lines separate it: reStructuredText has no inline
 * form.
 */
export function droppedLinks(languageId: string, links: readonly LinkForms[], { before, after }: DropLine): string {
  const isInLine = before.trim() !== "" || after.trim() !== "";
  const inline = links.flatMap((link) => link.inline ?? []);
  if (isInLine && inline.length === links.length) {
    return inline.join(" ");
  }
  const blocks = links.map(({ markup }) => markup);
  if (!isInLine || languageId !== "restructuredtext") {
    return blocks.join("\n");
  }
  const [start, end] = [before, after].map((text) => (text.trim() === "" ? "" : "\n\n"));
  return `${start}${blocks.join("\n\n")}${end}`;
}
