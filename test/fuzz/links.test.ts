import { createRequire } from "node:module";
import { join } from "node:path";
import { runInNewContext } from "node:vm";
import { transform } from "esbuild";
import fc from "fast-check";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { encodePath, linkMarkup } from "../../src/core/links/link.ts";
import { relativePath } from "../../src/core/links/relativePath.ts";
import { launchChromium } from "../support/chromium.ts";
import { fuzzRuns } from "../support/fuzzRuns.ts";
import { anyLink, type LinkCase } from "./anyLink.ts";

/** What a reader of HTML or Markdown found. */
interface ParsedMarkup {
  readonly elements: readonly { readonly name: string; readonly attributes: Readonly<Record<string, string>> }[];
  readonly text: string;
}

const size = { width: 2720, height: 1536 };

const batch = 100;

/** Checks a property on batches of links, since each call of a reader takes long. */
const forBatches = (property: (cases: readonly LinkCase[]) => Promise<void>) =>
  fc.assert(fc.asyncProperty(fc.array(anyLink, { minLength: batch, maxLength: batch, size: "max" }), property), {
    numRuns: Math.ceil(fuzzRuns / batch),
    endOnFailure: true,
  });

const textOf = (language: string, { document, file, alt }: LinkCase) =>
  linkMarkup(language, { path: encodePath(relativePath(document, file)), alt, size });

/** Returns the file path to which a browser resolves a link in a document. */
const resolveLink = (source: string, document: string) => {
  const base = new URL("https://site.test");
  base.pathname = document.split("/").map(encodeURIComponent).join("/");
  const { origin, pathname, search, hash } = new URL(source, base);
  return [origin, decodeURIComponent(pathname), search, hash];
};

const expectLinkResolves = (source: string, { document, file }: LinkCase) =>
  expect(resolveLink(source, document)).toEqual(["https://site.test", file, "", ""]);

describe("For any path and prompt, a link", () => {
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    browser = await launchChromium();
    page = await browser.newPage();
    const renderer = createRequire(import.meta.url).resolve("commonmark");
    await page.addScriptTag({ path: renderer });
    await page.addScriptTag({ path: join(import.meta.dirname, "linkReaders.js") });
  });
  afterAll(() => browser.close());

  /** Reads the links of all cases in Chromium. */
  const read = <Result>(as: "html" | "markdown" | "css", texts: readonly string[]): Promise<Result[]> =>
    page.evaluate(`readLinks.${as}(${JSON.stringify(texts)})`);

  test.each(["html", "svelte", "php"])(
    "is one image with the right file and alt text in %s, as a browser parses it",
    (language) =>
      forBatches(async (cases) => {
        const all = await read<ParsedMarkup>(
          "html",
          cases.map((one) => textOf(language, one)),
        );
        for (const [index, one] of cases.entries()) {
          const [image, ...others] = all[index]?.elements ?? [];
          expect([others, all[index]?.text]).toEqual([[], ""]);
          expect(image).toEqual({
            name: "img",
            attributes: { src: expect.any(String), alt: one.alt, width: "2720", height: "1536" },
          });
          expectLinkResolves(image?.attributes.src ?? "", one);
        }
      }),
  );

  test("is one image with the right file and alt text in rendered Markdown", () =>
    forBatches(async (cases) => {
      const all = await read<ParsedMarkup>(
        "markdown",
        cases.map((one) => textOf("markdown", one)),
      );
      for (const [index, one] of cases.entries()) {
        const [paragraph, image, ...others] = all[index]?.elements ?? [];
        expect([paragraph?.name, image?.name, others, all[index]?.text]).toEqual(["p", "img", [], ""]);
        expect(image?.attributes).toEqual({ src: expect.any(String), alt: one.alt });
        expectLinkResolves(image?.attributes.src ?? "", one);
      }
    }));

  test("is one declaration with the right file in CSS, as a browser parses it", () =>
    forBatches(async (cases) => {
      const all = await read<{ rules: number; declared: [string, string][] }>(
        "css",
        cases.map((one) => textOf("css", one)),
      );
      for (const [index, one] of cases.entries()) {
        expect(all[index]).toEqual({ rules: 1, declared: [["background-image", textOf("css", one)]] });
        expectLinkResolves(encodePath(relativePath(one.document, one.file)), one);
      }
    }));

  test("is one element with the right file and alt text in compiled JSX", () =>
    forBatches(async (cases) => {
      const source = `out = [${cases.map((one) => textOf("typescriptreact", one)).join(",\n")}];`;
      const { code } = await transform(source, { loader: "tsx", jsx: "transform", jsxFactory: "h" });
      const context: { out: Record<string, string>[]; h: unknown } = {
        out: [],
        h: (tag: string, attributes: Record<string, string>, ...children: unknown[]) => ({
          tag,
          ...attributes,
          children,
        }),
      };
      runInNewContext(code, context);
      expect(context.out).toHaveLength(cases.length);
      for (const [index, one] of cases.entries()) {
        const { src = "", ...element } = context.out[index] ?? {};
        expect({ ...element }).toEqual({ tag: "img", alt: one.alt, width: "2720", height: "1536", children: [] });
        expectLinkResolves(src, one);
      }
    }));
});
