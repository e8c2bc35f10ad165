import { codeAlone, frontMatter } from "./codeAlone.ts";
import { lineBreakOf } from "./lines.ts";
import type { LinkEdit, LinkForms } from "./linkEdit.ts";

/** Imports are looked for up to here. */
const maxLength = 500_000;

/** An import at the start of a line; it may have several lines. */
const importStatement = /^import[ \t]+(?:[^"';]{0,2000}?[ \t\n\r}]from[ \t]*)?(["'])[^"'\n]+\1;?.*$/gm;

/** Comments and directives, which stay before all imports. */
const codeStart = /^(?:#!.*\r?\n)?(?:\s*(?:\/\/.*|(["'])use [\w ]+\1;?)[ \t]*(?:\r?\n|$))*/;

/** Quotes and the semicolon of an import as the document writes them. */
function written(line: string, like: string | undefined): string {
  const quoted = like?.includes("'") ? line.replaceAll('"', "'") : line;
  return like === undefined || /;\s*(?:\/[/*].*)?$/.test(like) ? `${quoted};` : quoted;
}

/** Where an import goes if the document has none, and what is around it. */
function firstPlace(text: string, languageId: string): { at: number; before: string; after: string } {
  const [matter = ""] = frontMatter.exec(text) ?? [];
  if (languageId === "astro") {
    const at = matter.indexOf("\n") + 1;
    return at > 0 ? { at, before: "", after: "\n" } : { at: 0, before: "---\n", after: "\n---\n\n" };
  }
  if (languageId === "mdx") return { at: matter.length, before: matter === "" ? "" : "\n", after: "\n\n" };
  const [start = ""] = codeStart.exec(text) ?? [];
  return { at: start.length, before: "", after: text.slice(start.length).startsWith("\n") ? "\n" : "\n\n" };
}

/** The links with another name for each image that is imported under the name of another one. */
export function withDistinctImports(links: readonly LinkForms[]): readonly LinkForms[] {
  const lines = new Map<string, string>();
  return links.map((link) => {
    let { markup } = link;
    const imports = link.imports?.map((line) => {
      const [, name = "", rest = ""] = /^import (\w+)( from .*)$/.exec(line) ?? [];
      let free = name;
      for (let number = 2; (lines.get(free) ?? rest) !== rest; number++) free = `${name}${number}`;
      lines.set(free, rest);
      if (free === name) return line;
      markup = markup.replace(`{${name}}`, `{${free}}`);
      return `import ${free}${rest}`;
    });
    return imports === undefined ? link : { ...link, markup, imports };
  });
}

/**
 * The edit that adds the imports that inserted links need and the document does not have;
 * `undefined` if it has all of them, or if only paths were inserted.
 *
 * @param inserted the text that is inserted for the links.
 */
export function importEdit(
  document: { readonly text: string; readonly languageId: string },
  links: readonly LinkForms[],
  inserted: string,
): LinkEdit | undefined {
  const text = document.text.slice(0, maxLength);
  const isWhole = links.some(({ markup }) => inserted.includes(markup.split("\n")[0] ?? markup));
  const needed = isWhole ? [...new Set(links.flatMap(({ imports = [] }) => imports))] : [];
  const found = [...codeAlone(text, document.languageId).matchAll(importStatement)];
  const plain = (line: string) => line.replaceAll("'", '"').replace(/;?\s*$/, "");
  const lines = needed.filter((line) => !found.some(({ 0: known }) => plain(known) === line));
  if (lines.length === 0) return undefined;
  const last = found.at(-1);
  const lineBreak = lineBreakOf(text);
  const code = lines.map((line) => written(line, last?.[0])).join(lineBreak);
  if (last !== undefined) {
    const at = last.index + last[0].replace(/\r$/, "").length;
    return { start: at, end: at, text: lineBreak + code };
  }
  const { at, before, after } = firstPlace(text, document.languageId);
  return { start: at, end: at, text: (before + code + after).replaceAll("\n", lineBreak) };
}
