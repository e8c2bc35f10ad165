import { describe, expect, test } from "vitest";
import { movedPaths } from "../../../../src/core/links/moving/movedPath.ts";
import { rewriteLinks } from "../../../../src/core/links/moving/rewriteLinks.ts";
import type { ImageLink } from "../../../../src/core/links/reading/imageLink.ts";
import { readImageLinks } from "../../../../src/core/links/reading/readImageLinks.ts";

/** The document after each of its links whose path is `from` has got the path `to`. */
function rewritten(languageId: string, text: string, from: string, to: string): string {
  const changes = readImageLinks(text, languageId)
    .filter(({ path }) => path === from)
    .map((link) => ({ link, path: to }));
  const edits = rewriteLinks({ text, languageId, read: readImageLinks }, changes);
  return edits.reduceRight((result, { start, end, text: inserted }) => {
    return result.slice(0, start) + inserted + result.slice(end);
  }, text);
}

/** A document, the path of a link in it, its new path, and the document with that path. */
type Row = readonly [before: string, from: string, to: string, after: string];

const tables: Readonly<Record<string, readonly Row[]>> = {
  markdown: [
    ["![A hut](img/hut.png)", "img/hut.png", "img/red hut.png", "![A hut](img/red%20hut.png)"],
    ["![A hut](<my hut.png> 'T')", "my hut.png", "red hut.png", "![A hut](<red hut.png> 'T')"],
    ["![](a.png?raw=true#top) ![](b.png)", "a.png", "../c.png", "![](../c.png?raw=true#top) ![](b.png)"],
    ["![](my%20huts/a.png)", "my huts/a.png", "my huts/b.png", "![](my%20huts/b.png)"],
    ["![](berg/hütte.png)", "berg/hütte.png", "berg/häuser (alt).png", "![](berg/häuser%20%28alt%29.png)"],
    ["![](berg.png)", "berg.png", "hütte.png", "![](h%C3%BCtte.png)"],
    ["![a][h] ![b][h]\n\n[h]: a.png 'T'\n", "a.png", "b.png", "![a][h] ![b][h]\n\n[h]: b.png 'T'\n"],
    ["[![x](a.png)](https://e.org)", "a.png", "b.png", "[![x](b.png)](https://e.org)"],
    [
      "<img src='a.png' width=20>\r\n\r\n`a.png`\r\n",
      "a.png",
      "b.png",
      "<img src='b.png' width=20>\r\n\r\n`a.png`\r\n",
    ],
    ["| ![x](a.png) |\n| - |\n", "a.png", "a|b.png", "| ![x](a%7Cb.png) |\n| - |\n"],
    ["![](hero.png)", "hero.png", "hero@2x.png", "![](hero@2x.png)"],
    ["![](a.png)", "a.png", "100%.png", "![](100%25.png)"],
  ],
  mdx: [
    [
      'import a from "./a.png"\n\n<Image src={a} />',
      "./a.png",
      "./b c.png",
      'import a from "./b c.png"\n\n<Image src={a} />',
    ],
    ['<Image src="/a.png" alt="x" />', "/a.png", "/b c.png", '<Image src="/b%20c.png" alt="x" />'],
  ],
  html: [
    ["<img src=a.png alt=x>", "a.png", "b c.png", "<img src=b%20c.png alt=x>"],
    ['<img src="my hut.png">', "my hut.png", "my house.png", '<img src="my house.png">'],
    ['<img src="a.png">', "a.png", 'b"&c.png', '<img src="b%22%26c.png">'],
    ['<img srcset="a.png 1x, b.png 2x">', "a.png", "c, d.png", '<img srcset="c%2C%20d.png 1x, b.png 2x">'],
    [
      "<style>a { background: url('a.png') }</style>",
      "a.png",
      "b.png",
      "<style>a { background: url('b.png') }</style>",
    ],
    ['<p style="background: url(a.png)"></p>', "a.png", "b c.png", '<p style="background: url(b%20c.png)"></p>'],
    ["<script>x('./a.png')</script>", "./a.png", "./b.png", "<script>x('./b.png')</script>"],
  ],
  vue: [
    [
      "<template><img src='@/a.png' :alt='x'></template>",
      "@/a.png",
      "@/b.png",
      "<template><img src='@/b.png' :alt='x'></template>",
    ],
  ],
  svelte: [['<img src="/a.png" alt="{x}" />', "/a.png", "/b{c}.png", '<img src="/b%7Bc%7D.png" alt="{x}" />']],
  astro: [
    [
      '---\nimport a from "../a.png";\n---\n<Image src={a} />',
      "../a.png",
      "../x/b.png",
      '---\nimport a from "../x/b.png";\n---\n<Image src={a} />',
    ],
  ],
  php: [["<?php $a = 1; ?><img src='a.png'>", "a.png", "b.png", "<?php $a = 1; ?><img src='b.png'>"]],
  handlebars: [['{{x}}<img src="a.png">', "a.png", "b.png", '{{x}}<img src="b.png">']],
  javascript: [
    ["const a = require('./a.png');", "./a.png", "./it's.png", "const a = require('./it\\'s.png');"],
    ["const a = '/img/a.png';", "/img/a.png", "/img/b c.png", "const a = '/img/b%20c.png';"],
  ],
  typescript: [
    ["import a from './a.png' with { x: 'y' };", "./a.png", "../b.png", "import a from '../b.png' with { x: 'y' };"],
  ],
  javascriptreact: [["<img src='/a.png'>{a}</img>", "/a.png", "/b.png", "<img src='/b.png'>{a}</img>"]],
  typescriptreact: [['const a = <img src={"/a.png"} />;', "/a.png", "/b.png", 'const a = <img src={"/b.png"} />;']],
  css: [
    [
      "a { background: url(a.png) no-repeat }",
      "a.png",
      "b (1).png",
      "a { background: url(b%20%281%29.png) no-repeat }",
    ],
    ['a { background: url( "a.png#x" ) }', "a.png", "b.png", 'a { background: url( "b.png#x" ) }'],
  ],
  scss: [["a { b: url('a.png') } // url('a.png')", "a.png", "b.png", "a { b: url('b.png') } // url('a.png')"]],
  sass: [["a\n  b: url(a.png)\n", "a.png", "c.png", "a\n  b: url(c.png)\n"]],
  less: [["@a: url('a.png');", "a.png", "b.png", "@a: url('b.png');"]],
  restructuredtext: [
    [".. image:: a.png\n   :alt: x\n", "a.png", "my hut.png", ".. image:: my\\ hut.png\n   :alt: x\n"],
  ],
  asciidoc: [
    ["image::a.png[x]\n\nSee image:a.png[y].", "a.png", "b c.png", "image::b%20c.png[x]\n\nSee image:b%20c.png[y]."],
  ],
  latex: [
    ["\\includegraphics[width=2cm]{fig/a}", "fig/a", "fig/my hut", "\\includegraphics[width=2cm]{fig/my hut}"],
    // LaTeX cannot name it.
    ["\\includegraphics{a.png}", "a.png", "100%.png", "\\includegraphics{a.png}"],
  ],
};

describe("A link whose image has moved gets its new path, and keeps its form,", () => {
  for (const [languageId, rows] of Object.entries(tables)) {
    test.each(rows)(`in ${languageId}: %j`, (before, from, to, after) => {
      expect(rewritten(languageId, before, from, to)).toBe(after);
    });
  }
});

describe("A document with many links to an image that has moved", () => {
  /** Gives each link its path, and counts how often the document is read. */
  function rewriteAll(languageId: string, text: string, pathOf: (link: ImageLink) => string) {
    let reads = 0;
    const read = (one: string, language: string) => {
      reads++;
      return readImageLinks(one, language);
    };
    const changes = readImageLinks(text, languageId).map((link) => ({ link, path: pathOf(link) }));
    const edits = rewriteLinks({ text, languageId, read }, changes);
    return { paths: edits.map((edit) => edit.text), reads };
  }

  test("keeps what a template puts before the path, and stays if the new path has another start", () => {
    const text = `<img src="{% static 'a.png' %}"><%= image_tag "b.png" %>`;
    const { paths } = rewriteAll("html", text, ({ path }) => path.replace(/\w+\.png/, "art/red hut.png"));
    expect(paths).toEqual(["art/red hut.png", "art/red hut.png"]);
    expect(rewriteAll("html", text, () => "/img/a.png").paths).toEqual([]);
  });

  test.each([
    ["my hut.png", ["my hut.png", "my hut.png", "my%20hut.png"]],
    ["it's.png", ["it\\'s.png", "it's.png", "it%27s.png"]],
    ["100%.png", ["100%.png", "100%.png", "100%25.png"]],
    // Helpers take what follows for a fragment.
    ["a#b.png", ["a%23b.png"]],
  ])("gets %s as the name of a file from a helper, and else as an address", (name, paths) => {
    const text = `<img src="{% static 'a.png' %}"><%= image_tag "a.png" %><img src="{{ 'a.png' | relURL }}">`;
    expect(rewriteAll("html", text, ({ path }) => path.replace("a.png", name)).paths).toEqual(paths);
  });

  test("is read twice, and in time that is linear in their number", () => {
    const { paths, reads } = rewriteAll("markdown", "![](hut.png)\n".repeat(15_000), () => "red hut.png");
    expect(paths).toEqual(Array.from({ length: 15_000 }, () => "red%20hut.png"));
    expect(reads).toBe(2);
  });

  test("is read a few times if the first way to write the path is wrong for all", () => {
    const { paths, reads } = rewriteAll("javascript", "require('./hut.png');\n".repeat(2000), () => "./it's.png");
    expect(paths).toEqual(Array.from({ length: 2000 }, () => "./it\\'s.png"));
    expect(reads).toBeLessThan(6);
  });

  test("is read a limited number of times if a path would end its link, and keeps the others", () => {
    const text = `${"![](a.png)\n\n".repeat(77)}![](a(1).png)\n\n${"![](a.png)\n\n".repeat(123)}`;
    const { paths, reads } = rewriteAll("markdown", text, ({ path }) => (path === "a.png" ? "b.png" : "b(.png"));
    expect(paths).toHaveLength(201);
    expect(paths.filter((path) => path !== "b.png")).toEqual(["b%28.png"]);
    expect(reads).toBeLessThan(10);
    const all = rewriteAll("markdown", "![](a(1).png)\n\n".repeat(200), () => "b(.png");
    expect(all.paths).toEqual(Array.from({ length: 200 }, () => "b%28.png"));
    expect(all.reads).toBeLessThan(10);
  });

  test("is read a limited number of times even if all paths would end their links in different ways", () => {
    const text = Array.from({ length: 300 }, (_, index) => `![](a(${index}).png)\n\n`).join("");
    const { paths, reads } = rewriteAll("markdown", text, ({ path }) => path.replace(").png", ".png"));
    expect(paths).not.toEqual([]);
    expect(paths.filter((path) => !/^a%28\d+\.png$/.test(path))).toEqual([]);
    expect(reads).toBeLessThanOrEqual(41);
  });
});

describe("The path to an image after a move", () => {
  const page = { from: "/w/docs/page.md", to: "/w/docs/page.md" };

  test.each([
    ["hut.png", "/w/docs/hut.png", "/w/docs/red.png", ["red.png"]],
    ["./hut.png", "/w/docs/hut.png", "/w/docs/img/hut.png", ["./img/hut.png"]],
    ["img/hut.png", "/w/docs/img/hut.png", "/w/hut.png", ["../hut.png"]],
    ["../hut.png", "/w/hut.png", "/w/docs/hut.png", ["./hut.png", "../docs/hut.png"]],
    // It is not the shortest path, so only its end changes.
    ["../docs/img/hut.png", "/w/docs/img/hut.png", "/w/docs/img/red.png", ["../docs/img/red.png", "./img/red.png"]],
    [
      "/img/hut.png",
      "/w/public/img/hut.png",
      "/w/public/photos/hut.png",
      ["/photos/hut.png", "../public/photos/hut.png"],
    ],
    ["/hut.png", "/w/public/hut.png", "/w/docs/hut.png", ["hut.png"]],
    ["@/img/hut.png", "/w/src/img/hut.png", "/w/src/img/red.png", ["@/img/red.png", "../src/img/red.png"]],
  ])("keeps the form of %s", (path, from, to, paths) => {
    expect(movedPaths(path, "markdown", page, { from, to })).toEqual(paths);
  });

  test("is no relative one in a string of a script that named it from the site's root", () => {
    const file = { from: "/w/public/hut.png", to: "/w/docs/hut.png" };
    expect(movedPaths("/hut.png", "typescriptreact", page, file)).toEqual([]);
  });

  test("starts at the new place of a document that moves too", () => {
    const moved = { from: "/w/docs/page.md", to: "/w/notes/old/page.md" };
    const file = { from: "/w/img/hut.png", to: "/w/pictures/hut.png" };
    expect(movedPaths("../img/hut.png", "markdown", moved, file)).toEqual(["../../pictures/hut.png"]);
  });
});
