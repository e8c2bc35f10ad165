import { describe, expect, it } from "vitest";
import { headingAbove } from "../../../src/core/links/headingAbove.ts";

describe("the heading above a place", () => {
  it.each([
    ["markdown", "# Guide\n\n## The *red* hut ##\n\nText\n", "The red hut"],
    ["markdown", "# Guide\n\n<h2 id='a'>From <b>above</b></h2>\n", "From above"],
    ["markdown", "# Guide\r\n\r\nText\r\n", "Guide"],
    ["mdx", "### Hut {#hut}\n", "Hut"],
    ["html", "<h1>Guide</h1>\n<section>\n  <h2>Lake</h2>\n  <p>Text", "Lake"],
    ["typescriptreact", "<h1>{title}</h1>\n<h2>Beds</h2>", "Beds"],
    ["asciidoc", "= Guide\n\n== Soup\n\nText", "Soup"],
    ["restructuredtext", "Guide\n=====\n\nThe lake\n--------\n\nText", "The lake"],
    ["latex", "\\section{Guide}\n\\subsection*{The hut}\nText", "The hut"],
  ])("is found in %s: %j", (languageId, before, heading) => {
    expect(headingAbove(languageId, before)).toBe(heading);
  });

  it.each([
    ["markdown", "Text\n#hashtag\n"],
    ["css", "# Guide\n"],
    ["typescriptreact", "<h1>{title}</h1>\n"],
    ["restructuredtext", "Text\n--\n"],
    ["constructor", "# Guide\n"],
  ])("is none in %s: %j", (languageId, before) => {
    expect(headingAbove(languageId, before)).toBeUndefined();
  });

  it("is found in linear time in text that looks like headings", () => {
    const texts = ["# ".repeat(50_000), "<h1>".repeat(50_000), "= ".repeat(50_000), "\\section{".repeat(20_000)];
    for (const languageId of ["markdown", "html", "asciidoc", "latex", "restructuredtext"]) {
      for (const text of texts) headingAbove(languageId, text);
    }
  });
});
