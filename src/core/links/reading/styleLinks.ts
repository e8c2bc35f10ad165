import { cssTokens } from "../linkSyntax.ts";
import { type TokenRule, tokensOf } from "../tokens.ts";
import { hasImageExtension, type ImageLink, urlLink } from "./imageLink.ts";

/** Zero and what is beyond Unicode stand for the replacement character. */
const characterOf = (code: number): string => String.fromCodePoint(code > 0 && code <= 0x10ffff ? code : 0xfffd);

/** Source: CSS Syntax Level 3, 4.3.7. */
const unescapeCss = (text: string): string =>
  text.replace(/\\(?:([\da-f]{1,6})\s?|\r?\n|(.))/gi, (_, hex?: string, character = "") =>
    hex === undefined ? character : characterOf(Number.parseInt(hex, 16)),
  );

/** The selector before a brace, if there is one. */
function selectorBefore(text: string, open: number): { readonly context?: string } {
  const before = open < 0 ? "" : text.slice(Math.max(0, open - 200), open);
  const selector = /[^{};*/]*$/.exec(before)?.[0].trim().replace(/\s+/g, " ") ?? "";
  return selector === "" ? {} : { context: selector };
}

/** Whether a string is an image of `image-set("a.avif" 2x, …)`. */
const isInImageSet = (text: string, start: number): boolean =>
  /\bimage-set\([^;{}]*$/i.test(text.slice(Math.max(0, start - 2000), start));

/**
 * Reads `url(…)` in a style sheet, and strings of `image-set(…)`, also in the languages that become
 * CSS.
 */
export function readStyleLinks(text: string, rules: readonly TokenRule[] = cssTokens): readonly ImageLink[] {
  let [open, searched] = [-1, 0];
  return tokensOf(text, rules).flatMap((token) => {
    const { kind, start, end, bodyStart, bodyEnd } = token;
    const found = text.slice(searched, start).lastIndexOf("{");
    [open, searched] = [found < 0 ? open : searched + found, start];
    const body = text.slice(bodyStart, bodyEnd);
    const isUrl =
      kind === "path" &&
      (/^url\(/i.test(text.slice(start, bodyStart)) || (hasImageExtension(body) && isInImageSet(text, start)));
    const first = bodyStart + body.length - body.trimStart().length;
    const url = { start: first, end: first + body.trim().length };
    return isUrl && url.end > url.start
      ? [urlLink(text, { start, end }, url, unescapeCss, selectorBefore(text, open))]
      : [];
  });
}
