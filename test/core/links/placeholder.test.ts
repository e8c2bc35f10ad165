import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { linkMarkup } from "../../../src/core/links/link.ts";
import { findPlaceholder, replacePlaceholder } from "../../../src/core/links/placeholder.ts";

/** Marks the cursor in the texts below. */
const cursor = "¦";

/** The words of the placeholder that is found from the cursor. */
function wordsAt(languageId: string, marked: string): string | undefined {
  const document = { text: marked.replace(cursor, ""), languageId, indentUnit: "  " };
  return findPlaceholder(document, Math.max(0, marked.indexOf(cursor)))?.words;
}

/** The text after the placeholder was replaced. */
function replaced(languageId: string, text: string, names: readonly string[] = ["fox"]): string {
  const document = { text, languageId, indentUnit: "  " };
  const found = findPlaceholder(document, 0);
  expect(found, "a placeholder").toBeDefined();
  const links = names.map((name) => ({
    markup: linkMarkup(languageId, { path: `${name}.png`, alt: name }),
    path: `${name}.png`,
  }));
  const edit = found && replacePlaceholder(document, found, links);
  return edit === undefined ? text : text.slice(0, edit.start) + edit.text + text.slice(edit.end);
}

const img = '<img src="fox.png" alt="fox">';
const jsx = '<img src="fox.png" alt="fox" />';
const md = "![fox](fox.png)";

describe("A placeholder", () => {
  test.each([
    "hero goes here",
    "hero picture goes here",
    "picture of the breakfast table goes here",
    "The image of the hut is missing here",
    "TODO image",
    "TODO: add image",
    "TODO add a hero image of the hut",
    "FIXME: screenshot",
    "image placeholder",
    "image: a red hut in the snow",
    "Insert image here",
    "add a picture of the lake",
  ])("is a comment that says “%s”", (words) => {
    expect(wordsAt("html", `<p>a</p>\n<!-- ${words} -->\n`)).toBe(words);
    expect(wordsAt("typescriptreact", `a = (\n  <main>\n    {/* ${words} */}\n  </main>\n);`)).toBe(words);
    expect(wordsAt("markdown", `Text\n\n<!-- ${words} -->\n`)).toBe(words);
    expect(wordsAt("mdx", `Text\n\n{/* ${words} */}\n`)).toBe(words);
    expect(wordsAt("handlebars", `<div>{{!-- ${words} --}}</div>`)).toBe(words);
    expect(wordsAt("restructuredtext", `Text\n\n.. ${words}\n`)).toBe(words);
    expect(wordsAt("asciidoc", `Text\n\n// ${words}\n`)).toBe(words);
    expect(wordsAt("latex", `Text\n\n% ${words}\n`)).toBe(words);
    expect(wordsAt("css", `a { background: /* ${words} */; }`)).toBe(words);
  });

  test.each([
    "navigation goes here",
    "TODO: fix the logo's colour on small screens",
    "The image is lazy, see the guide",
    "Pictures are shown in the order of their dates",
    "hero",
    "keep in sync with images.css",
    "",
  ])("is not a comment that says “%s”", (words) => {
    expect(wordsAt("html", `<p>a</p>\n<!-- ${words} -->\n`)).toBeUndefined();
    expect(wordsAt("latex", `Text\n\n% ${words}\n`)).toBeUndefined();
  });

  test.each([
    ["html", "<figure>hero goes here</figure>", "hero goes here"],
    ["html", "<div>\n  [image here]\n</div>", "[image here]"],
    ["vue", "<template>\n  <p>TODO: add image</p>\n</template>", "TODO: add image"],
    ["typescriptreact", "a = <p>(picture of the hut here)</p>;", undefined],
    ["typescriptreact", "a = (\n  <p>\n    [insert hero image here]\n  </p>\n);", "[insert hero image here]"],
    ["markdown", "Text\n\n[image here]\n\nText\n", "[image here]"],
    ["markdown", "- TODO: screenshot of the panel\n", "TODO: screenshot of the panel"],
    ["markdown", "The picture of the hut goes here\n", "The picture of the hut goes here"],
    ["asciidoc", "[image: a hut]\n", "[image: a hut]"],
  ])("in %s is a text such as %s", (languageId, text, words) => {
    expect(wordsAt(languageId, text)).toBe(words);
  });

  test.each([
    ["markdown", 'Put the cursor on a line that says "goes here". The picture lands there.\n'],
    ["markdown", "Where the image goes here depends on the theme, and that is fine.\n"],
    ["markdown", "```html\n<!-- hero goes here -->\n```\n"],
    ["markdown", "[logo](logo.html)\n"],
    ["html", "<script>\n  // TODO image\n</script>"],
    ["html", '<script>const a = "[image here]";</script>'],
    ["typescriptreact", "// TODO image\nconst image = here;\n"],
    ["css", "/* TODO image */\na { color: red; }"],
    ["python", "# TODO image\n"],
    ["plaintext", "TODO image\n"],
  ])("in %s is not %j", (languageId, text) => {
    expect(wordsAt(languageId, text)).toBeUndefined();
  });

  test.each([
    ["html", '<img src="">', img],
    ["html", '<p>a</p>\n<img src="TODO" alt="">', `<p>a</p>\n${img}`],
    ["html", '<img class="hero" src="" alt="A hut">', '<img class="hero" src="fox.png" alt="A hut">'],
    ["typescriptreact", 'a = <img src="TODO" width={20} />;', 'a = <img src="fox.png" width={20} />;'],
    ["markdown", "Text\n\n![](TODO)\n", `Text\n\n${md}\n`],
    ["markdown", "![A hut](TODO)\n", "![A hut](fox.png)\n"],
    ["css", 'a { background: url(""); }', 'a { background: url("fox.png"); }'],
    ["restructuredtext", ".. image:: TODO\n   :alt: a\n", ".. image:: fox.png\n   :alt: a\n"],
    ["asciidoc", "image::TODO[A hut]\n", "image::fox.png[A hut]\n"],
    ["latex", "\\includegraphics[width=1cm]{}\n", "\\includegraphics[width=1cm]{fox.png}\n"],
  ])("in %s is a link to nothing: %s", (languageId, before, after) => {
    expect(replaced(languageId, before)).toBe(after);
  });

  test("is not a link to nothing in a comment, or a link to a picture", () => {
    expect(wordsAt("html", '<!-- <img src=""> -->')).toBeUndefined();
    expect(wordsAt("html", '<img src="fox.png">')).toBeUndefined();
    expect(wordsAt("markdown", "![A hut](hut.png)\n")).toBeUndefined();
  });
});

describe("Of several placeholders", () => {
  const page = [
    "<!-- first image here -->",
    "<p>a</p>",
    "<p>b</p>",
    "",
    "<p>c</p>",
    "<!-- second image here -->",
    "<p>d</p>",
    "<p>e</p>",
    "<p>f</p>",
    "<p>g</p>",
  ];
  const at = (line: number) =>
    wordsAt("html", page.map((text, index) => (index === line ? `${cursor}${text}` : text)).join("\n"));

  test("the one on the line of the cursor or nearby in the same block is found", () => {
    expect([0, 2, 4, 5, 8].map(at)).toEqual([
      "first image here",
      "first image here",
      "second image here",
      "second image here",
      "second image here",
    ]);
  });

  test("none is found behind a blank line or further away; from the blank line, the nearer one", () => {
    expect(at(9)).toBeUndefined();
    expect(wordsAt("html", "<!-- image here -->\n\n<p>¦</p>\n\n<!-- image here -->")).toBeUndefined();
    expect(at(3)).toBe("second image here");
  });
});

test("The only placeholder of a document is found from everywhere, within the first megabyte", () => {
  const filler = "<p>a</p>\n".repeat(50_000);
  expect(wordsAt("html", `¦${filler}<!-- image here -->\n`)).toBe("image here");
  expect(wordsAt("html", `¦${filler}${filler}${filler}<!-- image here -->\n`)).toBeUndefined();
});

describe("Links that replace a placeholder", () => {
  test.each([
    ["html", "<div>\n    <!-- hero goes here -->\n</div>\n", `<div>\n    ${img}\n</div>\n`],
    ["html", "<div>\r\n\t<!-- hero goes here -->\r\n</div>\r\n", `<div>\r\n\t${img}\r\n</div>\r\n`],
    ["html", "<figure><!-- hero goes here --></figure>", `<figure>\n  ${img}\n</figure>`],
    ["html", "<figure>hero goes here</figure>", `<figure>\n  ${img}\n</figure>`],
    ["html", "<p>Some <!-- image here --> text</p>", `<p>Some ${img} text</p>`],
    [
      "typescriptreact",
      "a = (\n  <main>\n    {/* TODO image */}\n  </main>\n);",
      `a = (\n  <main>\n    ${jsx}\n  </main>\n);`,
    ],
    ["markdown", "Text\n\n<!-- hero goes here -->\n\nText\n", `Text\n\n${md}\n\nText\n`],
    ["markdown", "Text\n<!-- hero goes here -->\nText\n", `Text\n\n${md}\n\nText\n`],
    ["markdown", "- [image here]\n", `- ${md}\n`],
    ["restructuredtext", "Text\n\n.. TODO image\n\nText\n", "Text\n\n.. image:: fox.png\n   :alt: fox\n\nText\n"],
    ["asciidoc", "Text\n\n// TODO image\n", 'Text\n\nimage::fox.png["fox"]\n'],
    [
      "latex",
      "\\begin{figure}\n  % TODO image\n\\end{figure}\n",
      "\\begin{figure}\n  \\includegraphics{fox.png}\n\\end{figure}\n",
    ],
    ["css", "a { background: /* TODO image */; }", 'a { background: url("fox.png"); }'],
  ])("in %s take its place in %j", (languageId, before, after) => {
    expect(replaced(languageId, before)).toBe(after);
  });

  test("stand on their own lines if there are several", () => {
    expect(replaced("html", "<div>\n  <!-- images here -->\n</div>", ["fox", "owl"])).toBe(
      `<div>\n  ${img}\n  <img src="owl.png" alt="owl">\n</div>`,
    );
  });

  test("fit the sample site", () => {
    const sample = (path: string) => readFileSync(join(import.meta.dirname, "../../sample", path), "utf8");
    expect(replaced("typescriptreact", sample("shop/src/App.tsx"))).toContain(
      `      <article>\n        ${jsx}\n        <h2>Wool blanket</h2>\n`,
    );
    expect(replaced("markdown", sample("docs/guide.md"))).toContain(`pink.\n\n${md}\n\n## Before you leave\n`);
  });
});
