import { describe, expect, test } from "vitest";
import { LimnError } from "../../src/core/errors.ts";
import { linkForms } from "../../src/core/links/link.ts";
import { encodePath } from "../../src/core/links/percentEncode.ts";
import { relativePath } from "../../src/core/links/relativePath.ts";
import { imageElement } from "../../src/core/links/sites/imageElement.ts";
import type { LinkCase } from "./anyLink.ts";
import {
  compileAsciidoc,
  compileAstro,
  compileAstroComponent,
  compileHandlebars,
  compileLatex,
  compileMdx,
  compileRest,
  compileStyles,
  compileSvelte,
  compileVue,
  hasDocutils,
  withAsciidocCharacters,
} from "./linkCompilers.ts";
import { expectImage, expectLinkResolves, forBatches, pathOf, textOf, useLinkReaders } from "./writtenLinks.ts";

/** The links with files that have the extension of an image. */
const withExtension = (cases: readonly LinkCase[]): readonly LinkCase[] =>
  cases.map((one) => ({ ...one, file: `${one.file}.png` }));

/**
 * What no escape keeps in a path of reStructuredText: control characters, and white space other
 * than a space.
 */
const restRefuses = /[^\S ]|\p{Cc}/u;

/** Whether Limn writes a link. It refuses exactly the paths that `refused` matches. */
function isWritten(language: string, one: LinkCase, refused: RegExp): boolean {
  const isRefused = refused.test(relativePath(one.document, one.file));
  if (isRefused) expect(() => textOf(language, one)).toThrow(LimnError);
  return !isRefused;
}

/** Why the test with Docutils is skipped, for its title. */
const withoutDocutils = hasDocutils ? "" : " (needs Python with the package docutils)";

describe("For any path and prompt, a link", () => {
  const read = useLinkReaders();

  test.each([
    ["vue", compileVue],
    ["svelte", compileSvelte],
  ])("is one image with the right file and alt text for the compiler of %s", (language, compile) =>
    forBatches(async (cases) => {
      for (const one of cases) expectImage(compile(textOf(language, one)), one);
    }),
  );

  test.each([
    ["astro", compileAstro],
    ["handlebars", compileHandlebars],
  ])("is one image with the right file and alt text in the HTML that the compiler of %s makes", (language, compile) =>
    forBatches(async (cases) => {
      const all = await read.html(await Promise.all(cases.map((one) => compile(textOf(language, one)))));
      for (const [index, one] of cases.entries()) expectImage(all[index], one);
    }),
  );

  test("is one image with the right file and alt text in compiled MDX", () =>
    forBatches(async (cases) => {
      for (const one of cases) {
        const { elements, text } = await compileMdx(textOf("mdx", one));
        const [image, paragraph, ...others] = elements;
        expect([image?.name, paragraph?.name, others, text]).toEqual(["img", "p", [], ""]);
        expect(image?.attributes).toEqual({ src: expect.any(String), alt: one.alt });
        expectLinkResolves(image?.attributes.src, one);
      }
    }));

  test.each([
    ["a block", (one: LinkCase) => textOf("asciidoc", one), /[&`\\]/g, ["div", "div", "img"], ""],
    [
      "an image in a sentence",
      (one: LinkCase) => `See ${linkForms("asciidoc", { path: pathOf(one), alt: one.alt }).inline} there.`,
      /[&`\\_]/g,
      ["div", "p", "span", "img"],
      "See  there.",
    ],
  ])("is %s with the right file and alt text in the HTML of Asciidoctor", (_, textOfLink, kept, names, around) =>
    forBatches(async (batch) => {
      // Asciidoctor fails for a path like “constructor”: it looks it up in an object.
      const cases = withExtension(batch);
      const all = await read.html(await Promise.all(cases.map((one) => compileAsciidoc(textOfLink(one)))));
      const alts = await read.html(await Promise.all(cases.map(({ alt }) => withAsciidocCharacters(alt, kept))));
      for (const [index, one] of cases.entries()) {
        const { elements = [], text } = all[index] ?? {};
        expect([elements.map(({ name }) => name), text]).toEqual([names, around]);
        const { src, alt } = elements.at(-1)?.attributes ?? {};
        expect(alt).toBe(alts[index]?.text);
        expectLinkResolves(src, one);
      }
    }),
  );

  test("is one component with the right import and alt text for the compiler of Astro", () =>
    forBatches(async (cases) => {
      for (const one of cases) {
        const relative = relativePath(one.document, `${one.file}.png`);
        const path = relative.startsWith("../") ? relative : `./${relative}`;
        const element = imageElement("", "astro", path, { width: 3, height: 2 }, { component: "astro:assets" });
        if (element?.imports === undefined) continue;
        const { markup } = linkForms("astro", { path: encodePath(path), alt: one.alt, element });
        const { imports, shown } = await compileAstroComponent(`---\n${element.imports.join("\n")}\n---\n${markup}`);
        expect(imports).toEqual(["astro:assets", path]);
        expect(shown).toEqual([{ src: path, alt: one.alt }]);
      }
    }));

  test("is a directive of two lines with the right file and alt text by the rules of reStructuredText, or is refused", () =>
    forBatches(async (batch) => {
      for (const one of withExtension(batch).filter((each) => isWritten("restructuredtext", each, restRefuses))) {
        const [directive = "", option, ...others] = textOf("restructuredtext", one).split("\n");
        expect([option, others]).toEqual([`   :alt: ${one.alt}`, []]);
        // A backslash keeps the character after it; other white space is removed.
        const [, path = ""] = /^\.\. image:: (\S.*)$/u.exec(directive) ?? [];
        const plain = path.replace(/\\(.)|\s/gu, "$1");
        expect(plain).toBe(relativePath(one.document, one.file));
      }
    }));

  // Docutils is a package of Python, which npm cannot install: `apt-get install python3-docutils`.
  test.skipIf(!hasDocutils)(
    `is one image with the right file and alt text in reStructuredText for Docutils${withoutDocutils}`,
    () =>
      forBatches(async (cases) => {
        // Docutils removes white space at the end of a path. An image has an extension there.
        const written = withExtension(cases).filter((one) => isWritten("restructuredtext", one, restRefuses));
        const all = await compileRest(written.map((one) => textOf("restructuredtext", one)));
        for (const [index, { document, file, alt }] of written.entries()) {
          expect(all[index]?.elements).toEqual([
            { name: "image", attributes: { uri: relativePath(document, file), alt } },
          ]);
        }
      }),
  );

  test.each(["scss", "sass", "less"] as const)(
    "is one declaration with the right file in the CSS that the compiler of %s makes",
    (language) =>
      forBatches(async (cases) => {
        const [open, close] =
          language === "sass" ? ["a\n  background-image: ", "\n"] : ["a { background-image: ", " }\n"];
        const sheets = cases.map((one) => compileStyles[language](`${open}${textOf(language, one)}${close}`));
        const all = await read.css(await Promise.all(sheets));
        for (const [index, one] of cases.entries()) {
          expect(all[index]).toEqual({ rules: 1, declared: [["background-image", textOf("css", one)]] });
        }
      }),
  );

  test("is one command with the right file for a parser of LaTeX, or is refused", () =>
    forBatches(async (cases) => {
      for (const one of cases.filter((each) => isWritten("latex", each, /[%#~\\{}]/))) {
        const files = [relativePath(one.document, one.file)];
        expect(compileLatex(textOf("latex", one))).toEqual({ files, others: 0 });
      }
    }));
});
