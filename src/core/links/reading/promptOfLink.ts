import { altTextOfFileName } from "../altText.ts";
import type { ImageLink } from "./imageLink.ts";

/** Length of the text before a link that is looked at, and of a sentence that is taken from it. */
const [nearLength, sentenceLength] = [1000, 200];

/** A name in code, or a selector, says little about an image. */
const isPhrase = (text: string): boolean => !/[{}.#:>@&;]|[a-z][A-Z]/.test(text) && /\p{L}/u.test(text);

/** A line without the marks of its language. */
const plainLine = (line: string): string =>
  line
    .replace(/<[^>]*>|!\[[^\]]*\]\([^)]*\)|\{[^}]*\}/g, " ")
    .replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replace(/[*_`#>|~=]+/g, " ")
    .replace(/\s+/g, " ")
    .trim();

/** The text before a link, if it reads like a sentence. */
function textBefore(text: string, { range: { start } }: ImageLink): string {
  const lines = text.slice(Math.max(0, start - nearLength), start).split(/\r?\n/);
  const line = lines.map(plainLine).findLast((one) => one !== "") ?? "";
  return line.length <= sentenceLength && /\p{L}+(?:\s+\S+){3,}/u.test(line) && !/[;{}]$/.test(line) ? line : "";
}

/**
 * A prompt for the image that a link names: its alternative text; without one, the words of its
 * name, of its heading and of the text before it.
 *
 * @param isProse whether the text before a link in the document is written for readers.
 */
export function promptOfLink(text: string, link: ImageLink, isProse: boolean): string {
  const alt = link.alt?.trim() ?? "";
  if (alt !== "") {
    return alt;
  }
  const heading = link.context !== undefined && isPhrase(link.context) ? plainLine(link.context) : "";
  const before = isProse ? textBefore(text, link) : "";
  return [...new Set([altTextOfFileName(link.path), heading, before])]
    .filter((part) => part !== "")
    .map((part) => part.replace(/[.:,]+$/, ""))
    .join(". ");
}
