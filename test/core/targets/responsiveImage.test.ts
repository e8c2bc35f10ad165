import { describe, expect, test } from "vitest";
import { readImageLinks } from "../../../src/core/links/reading/readImageLinks.ts";
import { type ImageVariant, responsiveImage } from "../../../src/core/targets/responsiveImage.ts";

/** A file of a set; its shape is 16:9. */
const variant = (path: string, width: number): ImageVariant => ({ path, width, height: Math.round((width * 9) / 16) });

const widths = [variant("/a-1920w.webp", 1920), variant("/a-640w.webp", 640)];

describe("The link to a set of files that show one picture", () => {
  test("of several widths is an img with srcset, as wide as the window", () => {
    expect(responsiveImage(widths, 'A "hut"', "html")).toBe(
      '<img src="/a-1920w.webp" srcset="/a-640w.webp 640w, /a-1920w.webp 1920w" sizes="(max-width: 1920px) 100vw, 1920px" alt="A &quot;hut&quot;" width="1920" height="1080">',
    );
  });

  test("of several formats is a picture whose img is for all browsers", () => {
    const files = [variant("a.png", 640), variant("a.avif", 640), variant("a.webp", 640)];
    expect(responsiveImage(files, "A hut", "jsx")).toBe(
      [
        "<picture>",
        '  <source type="image/avif" srcSet="a.avif" />',
        '  <source type="image/webp" srcSet="a.webp" />',
        '  <img src="a.png" alt="A hut" width="640" height="360" />',
        "</picture>",
      ].join("\n"),
    );
  });

  test("of several densities has the pixels of the first one", () => {
    const files = [variant("a%402x.png", 128), variant("a%403x.png", 192), variant("a.png", 64)];
    expect(responsiveImage(files, "", "html")).toBe(
      '<img src="a.png" srcset="a.png 1x, a%402x.png 2x, a%403x.png 3x" alt="" width="64" height="36">',
    );
  });

  test("for light and dark is a picture that asks for the theme first", () => {
    const files = ["a-light.avif", "a-light.png", "a-dark.avif", "a-dark.png"].map((path) => variant(path, 640));
    expect(responsiveImage(files, "A hut", "html")).toBe(
      [
        "<picture>",
        '  <source media="(prefers-color-scheme: dark)" type="image/avif" srcset="a-dark.avif">',
        '  <source media="(prefers-color-scheme: dark)" type="image/png" srcset="a-dark.png">',
        '  <source type="image/avif" srcset="a-light.avif">',
        '  <img src="a-light.png" alt="A hut" width="640" height="360">',
        "</picture>",
      ].join("\n"),
    );
  });

  test.each(["the-dark-forest", "forest-dark", "dark"])("asks for no theme if the picture is called %s", (name) => {
    const files = [variant(`${name}-640w.avif`, 640), variant(`${name}-640w.jpg`, 640)];
    expect(responsiveImage(files, "A hut", "html")).toBe(
      [
        "<picture>",
        `  <source type="image/avif" srcset="${name}-640w.avif">`,
        `  <img src="${name}-640w.jpg" alt="A hut" width="640" height="360">`,
        "</picture>",
      ].join("\n"),
    );
  });

  test.each([
    ["a-dark-640w.png", "a-640w.png"],
    ["a_dark-64x36%402x.png", "a_light-64x36%402x.png"],
    ["the-dark-forest-dark.png", "the-dark-forest.png"],
  ])("asks for the theme of %s beside %s", (dark, light) => {
    expect(responsiveImage([variant(light, 640), variant(dark, 640)], "A hut", "html")).toBe(
      [
        "<picture>",
        `  <source media="(prefers-color-scheme: dark)" type="image/png" srcset="${dark}">`,
        `  <img src="${light}" alt="A hut" width="640" height="360">`,
        "</picture>",
      ].join("\n"),
    );
  });

  test("of several widths with several densities has widths, since a density may occur once only", () => {
    const files = [variant("a-640w.png", 640), variant("a-640w%402x.png", 1280), variant("a-1080w.png", 1080)];
    expect(responsiveImage(files, "", "html")).toContain(
      'src="a-640w%402x.png" srcset="a-640w.png 640w, a-1080w.png 1080w, a-640w%402x.png 1280w" sizes="(max-width: 1280px)',
    );
    expect(responsiveImage(files, "", "css")).toBe(
      'background-image: image-set(\n  url("a-640w%402x.png") type("image/png") 1x\n);',
    );
  });

  test("in CSS is an image-set of formats and densities", () => {
    const files = [variant("a.webp", 64), variant("a%402x.webp", 128), variant("a.png", 64)];
    expect(responsiveImage(files, "", "css")).toBe(
      'background-image: image-set(\n  url("a.webp") type("image/webp") 1x,\n  url("a%402x.webp") type("image/webp") 2x,\n  url("a.png") type("image/png") 1x\n);',
    );
  });

  test.each([
    ["html", "html"],
    ["jsx", "typescriptreact"],
    ["css", "css"],
  ] as const)("is read with all its files in %s", (language, languageId) => {
    const files = [variant("b%20c.avif", 640), variant("b%20c.webp", 640), variant("b%20c.png", 640)];
    const snippet = responsiveImage(files, "A hut", language) ?? "";
    const text = language === "css" ? `a { ${snippet} }` : language === "jsx" ? `const a = (${snippet});` : snippet;
    const paths = readImageLinks(text, languageId).map(({ path }) => path);
    expect(paths).toEqual(["b c.avif", "b c.webp", "b c.png"]);
  });

  test.each([
    ["one file", [variant("a.png", 640)]],
    ["other shapes", [variant("a.png", 640), { path: "b.png", width: 640, height: 640 }]],
    ["formats that browsers do not show", [variant("a.png", 640), variant("a.tiff", 640)]],
    ["two files of the same format and width", [variant("a.png", 640), variant("b.png", 640)]],
  ])("does not exist for %s", (_, files) => {
    expect(responsiveImage(files, "", "html")).toBeUndefined();
  });
});
