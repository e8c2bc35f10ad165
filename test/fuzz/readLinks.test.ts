import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { LimnError } from "../../src/core/errors.ts";
import { importEdit } from "../../src/core/links/importEdit.ts";
import { linkForms, linkMarkup } from "../../src/core/links/link.ts";
import { linkLanguages } from "../../src/core/links/linkLanguages.ts";
import { encodePath } from "../../src/core/links/percentEncode.ts";
import { readImageLinks } from "../../src/core/links/reading/readImageLinks.ts";
import { relativePath } from "../../src/core/links/relativePath.ts";
import { imageElement } from "../../src/core/links/sites/imageElement.ts";
import { fuzzRuns } from "../support/fuzzRuns.ts";
import { anyLink } from "./anyLink.ts";
import { linkContexts } from "./linkContexts.ts";

/** Control characters, and escapes of characters that may not exist. */
const rawText = fc.string({
  unit: fc.oneof(
    fc.integer({ min: 0, max: 0x9f }).map((code) => String.fromCharCode(code)),
    fc.constantFrom("\u2028", "\ud800", "\\110000 ", "\\u{110000}", "\\ud800", "&#x110000;", "&#xd800;", "%ff"),
  ),
  maxLength: 8,
});

/** Text between quotes, in places where a reader decodes it. */
const quotedPlaces: readonly ((text: string) => string)[] = [
  (text) => `<img src="a.png" alt='{"${text}"}'>`,
  (text) => `<img src="${text}.png" alt="${text}" style="background: url('${text}.png')">`,
  (text) => `<style>a { background: url("${text}.png") }</style>`,
  (text) => `a { background: url("${text}.png") }`,
  (text) => `const a = "./${text}.png";`,
  (text) => `![${text}](<${text}.png> "${text}")\n\n{{< figure src="${text}.png" alt="${text}" >}}`,
];

const withoutAlt: ReadonlySet<string> = new Set(["css", "scss", "less", "sass", "latex"]);

/** The link as Limn writes it; `undefined` if the language has no way to name the file. */
function written(languageId: string, path: string, alt: string): string | undefined {
  try {
    return linkMarkup(languageId, { path, alt });
  } catch (error) {
    if (error instanceof LimnError) return undefined;
    throw error;
  }
}

/** Reads a text; its links are where they say. */
function expectPaths(text: string, languageId: string): void {
  for (const { pathRange, written: source } of readImageLinks(text, languageId)) {
    expect(text.slice(pathRange.start, pathRange.end)).toBe(source);
  }
}

describe("For any path and prompt, a link that Limn writes", () => {
  test.each([
    ["next/image", "typescriptreact"],
    ["astro:assets", "astro"],
  ])("with %s imports the image in %s, and is read with its path", (component, languageId) => {
    fc.assert(
      fc.property(anyLink, ({ document, file, alt }) => {
        const path = relativePath(document, `${file}.png`);
        const element = imageElement("", languageId, path, { width: 3, height: 2 }, { component });
        fc.pre(element?.imports !== undefined);
        const link = linkForms(languageId, { path: encodePath(path), alt, element });
        const text = languageId === "astro" ? link.markup : `const a = (${link.markup});\n`;
        const edit = importEdit({ text, languageId }, [link], link.markup);
        const edited = `${edit?.text ?? ""}${text}`;
        const from = /^(?:\.{1,2}\/|[@~#$])/.test(path) ? path : `./${path}`;
        fc.pre(from.startsWith("."));
        expect([edit?.start, readImageLinks(edited, languageId).map((each) => each.path)]).toEqual([0, [from]]);
      }),
      { numRuns: fuzzRuns },
    );
  });

  test.each(linkLanguages)("is read with its path and alt text in %s", (languageId) => {
    const [before, after] = linkContexts[languageId] ?? ["", ""];
    fc.assert(
      fc.property(anyLink, ({ document, file, alt }) => {
        const path = encodePath(relativePath(document, file));
        const markup = written(languageId, path, alt);
        fc.pre(markup !== undefined);
        const text = `${before}${markup}${after}`;
        const read = readImageLinks(text, languageId).map((link) => [link.path, link.alt ?? ""]);
        expect(read).toEqual([[decodeURIComponent(path), withoutAlt.has(languageId) ? "" : alt]]);
      }),
      { numRuns: fuzzRuns },
    );
  });

  test.each(linkLanguages)("is read beside any text between quotes in %s", (languageId) => {
    fc.assert(
      fc.property(rawText, (raw) => {
        for (const place of quotedPlaces) expectPaths(place(raw), languageId);
      }),
      { numRuns: fuzzRuns },
    );
  });

  test.each(linkLanguages)("is not needed to read any text in %s", (languageId) => {
    fc.assert(
      fc.property(anyLink, fc.integer({ min: 0, max: 400 }), ({ document, file, alt }, cut) => {
        const markup = written(languageId, encodePath(relativePath(document, file)), alt) ?? "";
        expectPaths(`${markup}\n\n${markup}`.slice(0, cut), languageId);
      }),
      { numRuns: fuzzRuns },
    );
  });
});
