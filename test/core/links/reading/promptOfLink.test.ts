import { expect, test } from "vitest";
import { promptOfLink } from "../../../../src/core/links/reading/promptOfLink.ts";
import { readImageLinks } from "../../../../src/core/links/reading/readImageLinks.ts";

test.each([
  ["markdown", "# Huts\n\nOld huts stand here.\n\n![A red hut](a.png)", "A red hut"],
  ["markdown", "![](images/red-hut_2.png)", "red hut 2"],
  ["markdown", "## In **winter**\n\n![](images/red-hut.png)", "red hut. In winter"],
  [
    "markdown",
    "## In winter\r\n\r\nThe *old* hut stands in [deep snow](snow.md).\r\n\r\n![](hut.png)\r\n",
    "hut. In winter. The old hut stands in deep snow",
  ],
  ["markdown", "## Hut\n\n![](Hut.png)", "Hut"],
  [
    "html",
    "<h1>Red huts</h1><p>The hut stands in the snow.</p>\n<img src='hut.png'>",
    "hut. Red huts. Red huts The hut stands in the snow",
  ],
  [
    "html",
    "<h1>Red huts</h1>\n<p>The hut stands in the snow.</p>\n<img src='hut.png'>",
    "hut. Red huts. The hut stands in the snow",
  ],
  ["typescriptreact", 'function HeroImage() {\n  return <img src="/big-hut.png" />;\n}', "big hut"],
  ["css", ".hero { background: url(big-hut.png) }", "big hut"],
  ["asciidoc", "== Huts\n\nimage::big-hut.png[]", "big hut. Huts"],
])("The prompt for the image in %s %j is “%s”", (languageId, text, prompt) => {
  const [link] = readImageLinks(text, languageId);
  expect(link && promptOfLink(text, link, languageId !== "css" && languageId !== "typescriptreact")).toBe(prompt);
});
