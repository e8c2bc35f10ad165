import { describe, expect, test } from "vitest";
import { altText } from "../../../src/core/links/altText.ts";
import { droppedLinks } from "../../../src/core/links/droppedLinks.ts";
import { asciidocImagesFolder } from "../../../src/core/links/imagesFolder.ts";
import { linkForms, linkMarkup } from "../../../src/core/links/link.ts";
import { encodePath } from "../../../src/core/links/percentEncode.ts";
import { isProjectPage } from "../../../src/core/links/projectPage.ts";
import { relativePath } from "../../../src/core/links/relativePath.ts";

const size = { width: 1360, height: 768 };
const simpleLink = { path: "../images/hut.png", alt: "A hut", size };

describe("The path of a link", () => {
  test.each([
    ["/site/index.html", "/site/images/hut.png", "images/hut.png"],
    ["/site/docs/guide.md", "/site/images/hut.png", "../images/hut.png"],
    ["/site/a/b/c.md", "/site/a/x/y/hut.png", "../x/y/hut.png"],
    ["/site/docs/guide.md", "/site/docs/hut.png", "hut.png"],
    ["/site/docs/guide.md", "/site/docs2/hut.png", "../docs2/hut.png"],
    ["/guide.md", "/hut.png", "hut.png"],
    ["/one/guide.md", "/two/hut.png", "../two/hut.png"],
  ])("from %s to %s is relative to the document: %s", (document, file, path) => {
    expect(relativePath(document, file)).toBe(path);
  });

  test("encodes spaces, quotes, hashes and percent signs", () => {
    expect(encodePath(relativePath("/a/b.md", '/a/my "old" #1 100%.png'))).toBe("my%20%22old%22%20%231%20100%25.png");
    expect(decodeURIComponent(encodePath(relativePath("/a/b.md", "/a/山 (1).png")))).toBe("山 (1).png");
  });
});

describe("A link", () => {
  test.each([
    ["html", '<img src="../images/hut.png" alt="A hut" width="1360" height="768">'],
    ["vue", '<img src="../images/hut.png" alt="A hut" width="1360" height="768">'],
    ["typescriptreact", '<img src="../images/hut.png" alt="A hut" width="1360" height="768" />'],
    ["markdown", "![A hut](../images/hut.png)"],
    ["css", 'url("../images/hut.png")'],
    ["restructuredtext", ".. image:: ../images/hut.png\n   :alt: A hut"],
    ["asciidoc", 'image::../images/hut.png["A hut"]'],
    ["latex", "\\includegraphics{../images/hut.png}"],
    ["python", "../images/hut.png"],
    ["constructor", "../images/hut.png"],
  ])("in %s is %s", (language, text) => {
    expect(linkMarkup(language, simpleLink)).toBe(text);
  });

  test.each(["html", "vue", "svelte", "typescriptreact"])(
    "in %s has no size attributes if the size is unknown",
    (language) => {
      const end = language === "typescriptreact" ? " />" : ">";
      const text = `<img src="../images/hut.png" alt="A hut"${end}`;
      expect(linkMarkup(language, { path: simpleLink.path, alt: simpleLink.alt })).toBe(text);
      expect(linkMarkup(language, { ...simpleLink, size: undefined })).toBe(text);
      expect(linkMarkup(language, { ...simpleLink, size: { width: 0, height: 0 } })).toBe(text);
    },
  );

  const specialCharacters = { ...simpleLink, alt: 'A "wide" <hut> & {more} [of it]' };
  const attribute = 'alt="A &quot;wide&quot; &lt;hut&gt; &amp; &#123;more&#125; [of it]"';

  test.each(["html", "svelte", "handlebars", "javascriptreact", "astro"])(
    "in %s cannot break out of its quotes or start code",
    (language) => {
      expect(linkMarkup(language, specialCharacters)).toContain(attribute);
    },
  );

  test("in Markdown cannot break out of its brackets", () => {
    expect(linkMarkup("markdown", specialCharacters)).toBe(
      '![A "wide" \\<hut> & \\{more\\} \\[of it\\]](../images/hut.png)',
    );
    // In a table, a bar would end the cell.
    expect(linkMarkup("markdown", { ...simpleLink, alt: "red | blue" })).toBe("![red \\| blue](../images/hut.png)");
    expect(linkMarkup("markdown", { ...simpleLink, alt: "a\\" })).toBe("![a\\\\](../images/hut.png)");
  });

  test("in Markdown shows its text unchanged, without emphasis or entities", () => {
    const alt = "*red* _hut_ ~~old~~ &lt; R&D";
    const text = "\\*red\\* \\_hut\\_ \\~\\~old\\~\\~ \\&lt; R&D";
    expect(linkMarkup("markdown", { ...simpleLink, alt })).toBe(`![${text}](../images/hut.png)`);
  });

  test("in Markdown works with parentheses in the name", () => {
    const path = encodePath(relativePath("/a/b.md", "/a/hut (1).png"));
    expect(linkMarkup("markdown", { ...simpleLink, path })).toBe("![A hut](hut%20%281%29.png)");
  });

  test("in AsciiDoc keeps commas and quotes in its text", () => {
    expect(linkMarkup("asciidoc", { ...simpleLink, alt: 'a, "b"' })).toBe('image::../images/hut.png["a, \\"b\\""]');
  });

  test("in AsciiDoc shows braces as they are, and leaves no reference to an attribute", () => {
    const alt = "{counter:x} {name} {not a name} {set:a:b}";
    expect(linkMarkup("asciidoc", { ...simpleLink, alt })).toBe(
      'image::../images/hut.png["\\{counter:x} \\{name} {not a name} \\{set:a:b}"]',
    );
  });

  test("in reStructuredText has the plain name with its spaces escaped", () => {
    const path = encodePath(relativePath("/a/b.rst", "/a/my hut.png"));
    expect(linkForms("restructuredtext", { ...simpleLink, path })).toEqual({
      markup: ".. image:: my\\ hut.png\n   :alt: A hut",
      path: "my\\ hut.png",
    });
  });

  test("in a sentence of AsciiDoc keeps what AsciiDoc would format there", () => {
    const link = { path: "../_drafts/my--hut.png", alt: 'A *red* hut [left] {x} "old"' };
    expect(linkForms("asciidoc", link)).toEqual({
      inline: 'image:../%5Fdrafts/my-%2Dhut.png["A &#42;red&#42; hut &#91;left&#93; &#123;x} &#34;old&#34;"]',
      markup: 'image::../_drafts/my--hut.png["A *red* hut [left] \\{x} \\"old\\""]',
      path: "../%5Fdrafts/my-%2Dhut.png",
    });
  });

  test("in reStructuredText is refused for a name with white space that it would remove", () => {
    const path = encodePath("shots/3\u202fPM.png");
    expect(() => linkForms("restructuredtext", { ...simpleLink, path })).toThrow(
      "reStructuredText cannot include shots/3\u202fPM.png, because its path contains “‹U+202F›”.",
    );
  });

  test.each(["\t", "\u0007", "\u001b", "\u007f", "\u0085"])(
    "in reStructuredText is refused for a name with the control character %j",
    (character) => {
      const path = encodePath(`shots/a${character}b.png`);
      const hex = character.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0");
      expect(() => linkForms("restructuredtext", { ...simpleLink, path })).toThrow(
        `because its path contains “‹U+${hex}›”. Rename the file or folder first.`,
      );
    },
  );

  test.each([
    ["a backslash", "a\\b.png", "a\\\\b.png"],
    ["markup", "*a*_`b`|c|_.png", "*a*_`b`|c|_.png"],
    ["what looks like an option", ":alt: b.png", ":alt:\\ b.png"],
    ["spaces at both ends", " a .png", "\\ a\\ .png"],
  ])("in reStructuredText names a file with %s", (_, name, expected) => {
    const path = encodePath(name);
    expect(linkForms("restructuredtext", { ...simpleLink, path }).markup).toBe(
      `.. image:: ${expected}\n   :alt: A hut`,
    );
  });

  test("in a component of Astro has no entities, which Astro would show", () => {
    const element = { tag: "Image", attribute: "src" };
    const markupOf = (alt: string) => linkMarkup("astro", { path: "/a.png", alt, element });
    expect(markupOf("Tom & <Jerry>")).toBe('<Image src="/a.png" alt="Tom & <Jerry>" />');
    expect(markupOf("The “old” fox's den")).toBe('<Image src="/a.png" alt="The “old” fox\'s den" />');
    expect(markupOf("a\\b &lt;")).toBe('<Image src="/a.png" alt={"a\\u005cb\\u0020\\u0026lt;"} />');
  });

  test.each(["100%", "#1", "a~b", "{x}"])(
    "in LaTeX is refused for a file called “%s”, which would break it",
    (name) => {
      const path = encodePath(relativePath("/a/b.tex", `/a/${name}.png`));
      expect(() => linkForms("latex", { ...simpleLink, path })).toThrow(
        `LaTeX cannot include ${name}.png, because its path contains`,
      );
    },
  );

  test("in LaTeX has the plain name, because a percent sign starts a comment there", () => {
    expect(linkMarkup("latex", { ...simpleLink, path: "my%20hut.png" })).toBe("\\includegraphics{my hut.png}");
  });
});

describe("Links that are dropped", () => {
  const links = [linkForms("asciidoc", simpleLink), linkForms("asciidoc", { ...simpleLink, path: "b.png" })];

  test("in AsciiDoc are blocks in an empty line, and have the inline form in a sentence", () => {
    expect(droppedLinks("asciidoc", links, { before: "", after: "  " })).toBe(
      'image::../images/hut.png["A hut"]\nimage::b.png["A hut"]',
    );
    expect(droppedLinks("asciidoc", links, { before: "See ", after: "." })).toBe(
      'image:../images/hut.png["A hut"] image:b.png["A hut"]',
    );
  });

  test("in reStructuredText are blocks between blank lines, also in a sentence", () => {
    const [link] = [linkForms("restructuredtext", simpleLink)];
    const markup = ".. image:: ../images/hut.png\n   :alt: A hut";
    expect(droppedLinks("restructuredtext", [link], { before: "", after: "" })).toBe(markup);
    expect(droppedLinks("restructuredtext", [link], { before: "See ", after: " there." })).toBe(`\n\n${markup}\n\n`);
    expect(droppedLinks("restructuredtext", [link], { before: "See", after: "" })).toBe(`\n\n${markup}`);
  });

  test("in other languages are on their own lines", () => {
    const two = [linkForms("markdown", simpleLink), linkForms("markdown", simpleLink)];
    const markup = "![A hut](../images/hut.png)";
    expect(droppedLinks("markdown", two, { before: "See ", after: "" })).toBe(`${markup}\n${markup}`);
  });
});

describe("The folder that AsciiDoc puts before a path", () => {
  test.each([
    ["= Title\n:imagesdir: images\n\nText", "images"],
    [":imagesdir: ./img/\r\n", "./img"],
    // In linear time.
    [`:imagesdir: a${" ".repeat(200_000)}b${"/".repeat(200_000)}\n`, `a${" ".repeat(200_000)}b`],
    ["= Title\n\nText", undefined],
    [":imagesdir:\n", undefined],
    [":imagesdir: https://example.org/img\n", undefined],
    [":imagesdir: {docdir}/img\n", undefined],
    [":imagesdir: /img\n", undefined],
    ["Text with :imagesdir: images\n", undefined],
  ])("of %o is %o", (text, folder) => {
    expect(asciidocImagesFolder(text)).toBe(folder);
  });
});

describe("A page about the project", () => {
  test.each([
    ["/shop/README.md", true],
    ["/shop/readme.de.md", true],
    ["/shop/CHANGELOG.md", true],
    ["/shop/docs/README.md", false],
    ["/shop/index.md", false],
    ["/shop/readmes.md", false],
  ])("%s: %s", (document, isPage) => {
    expect(isProjectPage(document, "/shop")).toBe(isPage);
  });
});

describe("Alt text", () => {
  test.each([
    ["A red hut. Cinematic light, 8k.", "A red hut"],
    ["A red hut", "A red hut"],
    ["A red hut .", "A red hut"],
    ["  A\n red\thut!  ", "A red hut"],
    ["What is art? An old question.", "What is art"],
    ["Version 2.0 of the hut", "Version 2.0 of the hut"],
    ["Dr. Brown in his lab. At night.", "Dr. Brown in his lab"],
    ["A flag of the U.S. on Mt. Everest. Wide shot.", "A flag of the U.S. on Mt. Everest"],
    ["J. R. Smith at 3 p.m. in a hut. Snow.", "J. R. Smith at 3 p.m. in a hut"],
    ["A sign that says no. Red wall.", "A sign that says no"],
    ["1. A red fox. 2. Snow.", "A red fox"],
    ["... a fox", "a fox"],
    ["… a fox…", "a fox"],
    ["猫が走る。雪の中。", "猫が走る"],
    ["A hut", "A hut"],
    ["A hut\u0000with\u202Etxt.exe", "A hut with txt.exe"],
    ["\uD83Dhut", "hut"],
    ["👩‍🚀 in a hut", "👩‍🚀 in a hut"],
    ["", ""],
  ])("of “%s” is “%s”", (prompt, alt) => {
    expect(altText(prompt)).toBe(alt);
  });

  test("of a long sentence has 125 characters and ends with an ellipsis", () => {
    const alt = altText("🦢".repeat(300));
    expect([...alt]).toHaveLength(125);
    expect(alt.endsWith("🦢…")).toBe(true);
  });
});
