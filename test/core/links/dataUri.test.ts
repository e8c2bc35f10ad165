import { describe, expect, test } from "vitest";
import {
  canEmbedImages,
  dataUri,
  type EmbeddedImage,
  embeddedLink,
  imageTexts,
} from "../../../src/core/links/dataUri.ts";
import { linkLanguages } from "../../../src/core/links/linkLanguages.ts";

const dot: EmbeddedImage = { format: "PNG", base64: "iVBORw0K+/8=", size: { width: 8, height: 4 }, alt: 'a "dot"' };

const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox='0 0 8 4'><path fill='url(#a)' d="M0 0h8v4*~!"/></svg>`;
const drawing: EmbeddedImage = {
  ...dot,
  format: "SVG",
  svg,
  // Not shorter than the text with percent-encoding.
  base64: Buffer.from(svg.repeat(2)).toString("base64"),
};

/** The text of the data URI that a link contains. */
const encodedIn = (link: string): string => /data:image\/svg\+xml,([^")\]]*)/.exec(link)?.[1] ?? "";

describe("A link with a data URI", () => {
  test.each([
    ["html", '<img src="data:image/png;base64,iVBORw0K+/8=" alt="a &quot;dot&quot;" width="8" height="4">'],
    [
      "typescriptreact",
      '<img src="data:image/png;base64,iVBORw0K+/8=" alt="a &quot;dot&quot;" width="8" height="4" />',
    ],
    ["markdown", '![a "dot"](data:image/png;base64,iVBORw0K+/8=)'],
    ["css", 'url("data:image/png;base64,iVBORw0K+/8=")'],
    ["restructuredtext", '.. image:: data:image/png;base64,iVBORw0K+/8=\n   :alt: a "dot"'],
    ["asciidoc", 'image::data:image/png;base64,iVBORw0K+/8=["a \\"dot\\""]'],
    ["json", "data:image/png;base64,iVBORw0K+/8="],
  ])("has the form of %s", (languageId, markup) => {
    expect(embeddedLink(languageId, dot).markup).toBe(markup);
  });

  test.each(["html", "markdown", "css", "svelte", "json"])(
    "percent-encodes a drawing in %s, and loses nothing",
    (id) => {
      const { markup, path } = embeddedLink(id, drawing);
      expect(decodeURIComponent(encodedIn(markup))).toBe(svg);
      expect(decodeURIComponent(encodedIn(path))).toBe(svg);
      // Neither ends the link nor starts code or emphasis in one of the languages.
      expect(encodedIn(markup)).toMatch(/^[\w.%+,/:;=@-]+$/);
    },
  );

  test.each(["restructuredtext", "asciidoc"])("keeps a drawing in base64 in %s, which decodes nothing", (id) => {
    expect(embeddedLink(id, drawing).markup).toContain(dataUri(drawing));
  });

  test("takes base64 if that is shorter", () => {
    const symbols = "⭐".repeat(40);
    const image = { ...drawing, svg: symbols, base64: Buffer.from(symbols).toString("base64") };
    expect(embeddedLink("html", image).path).toBe(dataUri(image));
  });

  test("is not possible in LaTeX alone", () => {
    expect(linkLanguages.filter((id) => !canEmbedImages(id))).toEqual(["latex"]);
  });
});

test("An image is copied as link, data URI or base64", () => {
  expect(Object.values(imageTexts).map((textOf) => textOf(dot))).toEqual([
    '![a "dot"](data:image/png;base64,iVBORw0K+/8=)',
    '<img src="data:image/png;base64,iVBORw0K+/8=" alt="a &quot;dot&quot;" width="8" height="4">',
    'url("data:image/png;base64,iVBORw0K+/8=")',
    "data:image/png;base64,iVBORw0K+/8=",
    "iVBORw0K+/8=",
  ]);
});
