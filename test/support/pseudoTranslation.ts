import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";
import { bundlePath } from "../../scripts/l10n.ts";

/** Converts ASCII letters to fullwidth ones: readable, and never part of a text in the code. */
const toFullwidth = (text: string): string =>
  text.replace(/[A-Za-z]/g, (letter) => String.fromCodePoint(letter.charCodeAt(0) + 0xfee0));

/** Returns a test translation of all texts: brackets, fullwidth letters, same placeholders. */
export function pseudoTranslation(): Readonly<Record<string, string>> {
  const bundle: Readonly<Record<string, string>> = JSON.parse(readFileSync(bundlePath, "utf8"));
  return Object.fromEntries(
    Object.entries(bundle).map(([key, text]) => [
      key,
      `⟦${text
        .split(/(\{\d+\})/u)
        .map((part) => (part.startsWith("{") ? part : toFullwidth(part)))
        .join("")}⟧`,
    ]),
  );
}

/** Returns the texts and accessible names of a page and its shadow roots. Runs in the page. */
function readTexts(): string[] {
  const attributes = ["aria-label", "aria-valuetext", "aria-description", "title", "placeholder", "alt", "label"];
  const texts: string[] = [];
  const visit = (root: ParentNode): void => {
    for (const element of root.querySelectorAll("*")) {
      if (["STYLE", "SCRIPT"].includes(element.tagName)) continue;
      for (const name of attributes) texts.push(element.getAttribute(name) ?? "");
      texts.push(element.ariaLabel ?? "");
      for (const node of element.childNodes) if (node instanceof Text) texts.push(node.data);
      if (element.shadowRoot !== null) visit(element.shadowRoot);
    }
  };
  visit(document.body);
  return texts;
}

/** Returns all strings in a value, at any depth. */
function stringsOf(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(stringsOf) : [];
}

/** Names of formats, units, keys and months, which Limn does not translate. */
const names =
  /\b(?:Limn|JPG|PNG|WebP|URL|px|[12]K|[KMGT]?B|Ctrl|Cmd|Enter|[A-Z]|AM|PM|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\b/gu;

/**
 * Returns the texts and accessible names of a page that contain untranslated words. Strings in
 * `data`, which comes from the host, do not count.
 */
export async function untranslatedTexts(page: Page, data: unknown): Promise<readonly string[]> {
  const sent = [...new Set(stringsOf(data))].filter((text) => /[A-Za-z]/.test(text));
  sent.sort((one, other) => other.length - one.length);
  const texts = new Set(await page.evaluate(readTexts));
  return [...texts].filter((text) => {
    const rest = sent.reduce((left, known) => left.replaceAll(known, " "), text);
    return /[A-Za-z]/.test(rest.replace(names, ""));
  });
}
