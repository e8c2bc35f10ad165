import { createRequire } from "node:module";
import { join } from "node:path";
import fc from "fast-check";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect } from "vitest";
import { linkMarkup } from "../../src/core/links/link.ts";
import { encodePath } from "../../src/core/links/percentEncode.ts";
import { relativePath } from "../../src/core/links/relativePath.ts";
import { sharedChromium } from "../support/chromium.ts";
import { fuzzRuns } from "../support/fuzzRuns.ts";
import { anyLink, type LinkCase } from "./anyLink.ts";

/** What a reader found in a document. */
export interface ParsedMarkup {
  readonly elements: readonly { readonly name: string; readonly attributes: Readonly<Record<string, unknown>> }[];
  readonly text: string;
}

/** What a browser found in a style sheet. */
export interface ParsedStyles {
  readonly rules: number;
  /** Names and values of the first rule. */
  readonly declared: readonly (readonly [name: string, value: string])[];
}

const batch = 100;

/** Checks a property on batches of links, since each call of a reader takes long. */
export const forBatches = (property: (cases: readonly LinkCase[]) => Promise<void>) =>
  fc.assert(fc.asyncProperty(fc.array(anyLink, { minLength: batch, maxLength: batch, size: "max" }), property), {
    numRuns: Math.ceil(fuzzRuns / batch),
    endOnFailure: true,
  });

/** The path in a link from its document to its file. */
export const pathOf = ({ document, file }: LinkCase): string => encodePath(relativePath(document, file));

/** The link as Limn writes it. */
export const textOf = (language: string, link: LinkCase): string =>
  linkMarkup(language, { path: pathOf(link), alt: link.alt, size: { width: 2720, height: 1536 } });

/** Returns the file path to which a browser resolves a link in a document. */
const resolveLink = (source: string, document: string) => {
  const base = new URL("https://site.test");
  base.pathname = document.split("/").map(encodeURIComponent).join("/");
  const { origin, pathname, search, hash } = new URL(source, base);
  return [origin, decodeURIComponent(pathname), search, hash];
};

/** Checks that a link leads to its file. */
export const expectLinkResolves = (source: unknown, { document, file }: LinkCase) =>
  expect(resolveLink(String(source), document)).toEqual(["https://site.test", file, "", ""]);

/** Checks that a document has one element, a link of HTML with size, and no text. */
export function expectImage(read: ParsedMarkup | undefined, link: LinkCase) {
  const [image, ...others] = read?.elements ?? [];
  expect([others, read?.text]).toEqual([[], ""]);
  expect(image).toEqual({
    name: "img",
    attributes: { src: expect.any(String), alt: link.alt, width: "2720", height: "1536" },
  });
  expectLinkResolves(image?.attributes.src, link);
}

/** Reads documents like a browser, and like the CommonMark reference parser. */
interface LinkReaders {
  html(sources: readonly string[]): Promise<readonly ParsedMarkup[]>;
  markdown(sources: readonly string[]): Promise<readonly ParsedMarkup[]>;
  css(sources: readonly string[]): Promise<readonly ParsedStyles[]>;
}

/** Opens a page of Chromium with the readers before the tests of a file, closes it after them. */
export function useLinkReaders(): LinkReaders {
  let page: Page;
  beforeAll(async () => {
    page = await (await sharedChromium()).newPage();
    await page.addScriptTag({ path: createRequire(import.meta.url).resolve("commonmark") });
    await page.addScriptTag({ path: join(import.meta.dirname, "linkReaders.js") });
  });
  afterAll(() => page.close());
  const read = <Result>(as: "html" | "markdown" | "css", texts: readonly string[]): Promise<Result[]> =>
    page.evaluate(`readLinks.${as}(${JSON.stringify(texts)})`);
  return {
    html: (sources) => read("html", sources),
    markdown: (sources) => read("markdown", sources),
    css: (sources) => read("css", sources),
  };
}
