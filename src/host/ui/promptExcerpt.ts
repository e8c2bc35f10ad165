import { escapeMarkup } from "./escapeMarkup.ts";

/** Characters of a prompt that a title shows. */
const excerptLength = 40;

/** The beginning of a prompt, on one line. */
export function promptExcerpt(prompt: string): string {
  const characters = [...escapeMarkup(prompt).replace(/\s+/g, " ")];
  return characters.length <= excerptLength
    ? characters.join("")
    : `${characters.slice(0, excerptLength).join("").trimEnd()}…`;
}
