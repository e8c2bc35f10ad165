import { describe, expect, test } from "vitest";
import { type ImageVariant, responsiveImage, type SnippetLanguage } from "../../../src/core/targets/responsiveImage.ts";
import { sharedChromium } from "../../support/chromium.ts";
import { greyPng } from "../../support/greyPng.ts";

/** The window that a page is shown in. */
interface Screen {
  /** Width of the page in CSS pixels. */
  readonly width: number;
  /** Device pixels for each CSS pixel. */
  readonly density: number;
  readonly theme: "light" | "dark";
}

/** Files of a picture with the shape 16:9; the width is in their names, or 64 for each density. */
const filesOf = (names: readonly string[]): readonly ImageVariant[] =>
  names.map((path) => {
    const [, width] = /(\d+)w\./.exec(path) ?? [];
    const [, density] = /@(\d)x\./.exec(path) ?? [];
    const pixels = Number(width ?? Number(density ?? 1) * 64);
    return { path: encodeURIComponent(path), width: pixels, height: (pixels * 9) / 16 };
  });

const widths = ["hut-320w.webp", "hut-640w.webp", "hut-1920w.webp"];
const densities = ["hut.png", "hut@2x.png", "hut@3x.png"];
const formats = ["hut.png", "hut.avif", "hut.webp"];
const themes = ["hut-light-640w.webp", "hut-light-1920w.webp", "hut-dark-640w.webp", "hut-dark-1920w.webp"];
const themesAndFormats = ["hut-light.avif", "hut-light.png", "hut-dark.avif", "hut-dark.png"];

/** Opens a page with the link, and checks which of the files it loads and shows. */
async function expectChosen(
  snippet: string,
  language: SnippetLanguage,
  { width, density, theme }: Screen,
  chosen: string,
): Promise<void> {
  const context = await (await sharedChromium()).newContext({
    viewport: { width, height: 400 },
    deviceScaleFactor: density,
    colorScheme: theme,
  });
  try {
    const files: string[] = [];
    await context.route("https://site.test/**", (route) => {
      const name = decodeURIComponent(new URL(route.request().url()).pathname.slice(1));
      if (name !== "") {
        files.push(name);
        return route.fulfill({ contentType: "image/png", body: greyPng(1, 1, 128) });
      }
      const page = language === "css" ? `<style>main { height: 40px; ${snippet} }</style><main></main>` : snippet;
      return route.fulfill({ contentType: "text/html", body: `<!doctype html>${page}` });
    });
    const page = await context.newPage();
    await page.goto("https://site.test/");
    await expect.poll(() => files).toEqual([chosen]);
    const shown = await page.evaluate(() => [...document.images].map(({ currentSrc }) => new URL(currentSrc).pathname));
    expect(shown).toEqual(language === "css" ? [] : [`/${encodeURIComponent(chosen)}`]);
  } finally {
    await context.close();
  }
}

describe("Of a set of files that one link shows, Chromium loads only", () => {
  test.each([
    ["html", widths, { width: 300, density: 1, theme: "light" }, "hut-320w.webp"],
    ["html", widths, { width: 300, density: 2, theme: "light" }, "hut-640w.webp"],
    ["html", widths, { width: 1200, density: 1, theme: "light" }, "hut-1920w.webp"],
    ["html", densities, { width: 600, density: 1, theme: "light" }, "hut.png"],
    ["html", densities, { width: 600, density: 2, theme: "dark" }, "hut@2x.png"],
    ["html", formats, { width: 600, density: 1, theme: "light" }, "hut.avif"],
    ["html", themes, { width: 600, density: 1, theme: "light" }, "hut-light-640w.webp"],
    ["html", themes, { width: 600, density: 1, theme: "dark" }, "hut-dark-640w.webp"],
    ["html", themes, { width: 600, density: 2, theme: "dark" }, "hut-dark-1920w.webp"],
    ["html", themesAndFormats, { width: 600, density: 1, theme: "light" }, "hut-light.avif"],
    ["html", themesAndFormats, { width: 600, density: 1, theme: "dark" }, "hut-dark.avif"],
    ["css", densities, { width: 600, density: 1, theme: "light" }, "hut.png"],
    ["css", densities, { width: 600, density: 3, theme: "light" }, "hut@3x.png"],
    ["css", formats, { width: 600, density: 2, theme: "light" }, "hut.avif"],
    ["css", widths, { width: 600, density: 1, theme: "light" }, "hut-1920w.webp"],
  ] as const)("in %s from %j on a screen %j: %s", (language, names, screen, chosen) => {
    const snippet = responsiveImage(filesOf(names), "A hut", language);
    return expectChosen(snippet ?? "", language, screen, chosen);
  });
});
