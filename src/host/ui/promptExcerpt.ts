import { escapeMarkup } from "./escapeMarkup.ts";

/** Characters of a prompt that a title shows. */
const excerptLength = 40;

/** The first characters of a text, on one line. */
export function excerpt(text: string, length: number): string {
  const characters = [...text.replace(/\s+/g, " ")];
  return characters.length <= length ? characters.join("") : `${characters.slice(0, length).join("").trimEnd()}…`;
}

/** The beginning of a prompt, on one line. */
export const promptExcerpt = (prompt: string): string => excerpt(escapeMarkup(prompt), excerptLength);
