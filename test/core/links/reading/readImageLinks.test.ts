import { describe, expect, test } from "vitest";
import type { ImageLink } from "../../../../src/core/links/reading/imageLink.ts";
import { readImageLinks, readLinksToImages } from "../../../../src/core/links/reading/readImageLinks.ts";

/** What the document says of its links, and the text at their paths. */
const read = (languageId: string, text: string) =>
  readImageLinks(text, languageId).map(({ range, pathRange, written, ...link }) => {
    // Every range is checked here.
    expect(text.slice(pathRange.start, pathRange.end)).toBe(written);
    expect(range.end).toBeGreaterThan(range.start);
    return link;
  });

type Link = Omit<ImageLink, "range" | "pathRange" | "written">;

const tables: Readonly<Record<string, readonly (readonly [text: string, links: readonly Link[]])[]>> = {
  markdown: [
    ["![A hut](images/hut.png)", [{ path: "images/hut.png", alt: "A hut" }]],
    ['![A hut](<my hut.png> "Title")', [{ path: "my hut.png", alt: "A hut" }]],
    ["![a \\] *b* `c` &amp;](my%20hut.png?raw=true#top)", [{ path: "my hut.png", alt: "a ] b c &" }]],
    ["![](100%.png)", [{ path: "100%.png", alt: "" }]],
    ["{{ ![A hut](a.png) }}", [{ path: "a.png", alt: "A hut" }]],
    ['![A hut]({{ "/a.png" | relative_url }})', [{ path: "/a.png", alt: "A hut" }]],
    [
      'Text\n{{< figure src="a.png" alt="A hut" width="40" >}}\n{{< youtube id="b" >}}',
      [{ path: "a.png", alt: "A hut", width: 40 }],
    ],
    [
      '```\n{{< figure src="a.png" >}}\n```\n\n    {{< figure src="b.png" >}}\n\n`{{< figure src="c.png" >}}`\n\nText <!-- {{< figure src="d.png" >}} -->',
      [],
    ],
    [
      '<!--\n{{< figure src="a.png" >}}\n-->\n\n<p>\n<!-- {{< figure src="b.png" >}} -->\n{{< figure src="c.png" >}}\n</p>\n\n- `code`\n\n  > {{< figure src="d.png" >}}',
      [{ path: "c.png" }, { path: "d.png" }],
    ],
    ['{{< figure\n  src="a.png"\n>}}\n\n`code`', [{ path: "a.png" }]],
    [`{{< figure title='src="no.png" alt="no"' alt="A hut" src="a.png" >}}`, [{ path: "a.png", alt: "A hut" }]],
    ["# Huts\n\n## In winter ##\n\n![](a.png)", [{ path: "a.png", alt: "", context: "In winter" }]],
    ["Huts\n====\n\nText ![](a.png) text", [{ path: "a.png", alt: "", context: "Huts" }]],
    ["![A hut][hut]\n\n[Hut]: a.png", [{ path: "a.png", alt: "A hut" }]],
    [
      "![hut] and ![hut][]\n\n[hut]: <a b.png>",
      [
        { path: "a b.png", alt: "hut" },
        { path: "a b.png", alt: "hut" },
      ],
    ],
    ["![hut][missing]", []],
    ["[a link](a.png)", []],
    ["`![](a.png)`\n\n```\n![](b.png)\n```\n\n    ![](c.png)", []],
    ["<!-- ![](a.png) <img src=b.png> -->", []],
    [
      "- one\n  ![x](a.png)\n\n> ![y](b.png)",
      [
        { path: "a.png", alt: "x" },
        { path: "b.png", alt: "y" },
      ],
    ],
    ["| a | b |\n| - | - |\n| ![x \\| y](a.png) | b |", [{ path: "a.png", alt: "x | y" }]],
    ['Text <img src="a.png" alt="x" width=200>', [{ path: "a.png", alt: "x", width: 200 }]],
    ['<p align="center">\n  <img src="a.png" height="40px">\n</p>', [{ path: "a.png", height: 40 }]],
    ["---\ntitle: Huts\n---\n\n![](a.png)", [{ path: "a.png", alt: "" }]],
    ["---\r\ncover: img/a.png\r\n---\r\n\r\n# Huts", [{ path: "img/a.png" }]],
    [
      "---\ntitle: Two huts\nimage: 'hut.png' # later\nimages:\n  - \"/b.jpg?v=1\"\n  - src: ./c%20d.webp\n    alt: x.png is old\n---\n",
      ["hut.png", "/b.jpg", "./c d.webp"].map((path) => ({ path, context: "Two huts" })),
    ],
    [
      "---\ntitle: Huts\nimages: [\"/a.png\", 'b.png', c.png, a b.png]\ngallery: []\n---\n\n![x](d.png)",
      [...["/a.png", "b.png", "c.png"].map((path) => ({ path, context: "Huts" })), { path: "d.png", alt: "x" }],
    ],
    [
      '+++\ntitle = "Huts"\nimages = ["/a.png", "b.png"] # later\n[params]\ncover= \'c.png\'\nd: d.png\n+++\n\n![x](e.png)',
      [...["/a.png", "b.png", "c.png"].map((path) => ({ path, context: "Huts" })), { path: "e.png", alt: "x" }],
    ],
    ["---\ntitle: b.png\nsummary: Draw c.png\nimage: a.md\n# old.png\na.png\n---\n\ncover: b.png", []],
    ["cover: a.png\n\n---\ncover: b.png\n---\n", []],
    ["[![A hut](a.png)](https://example.org)", [{ path: "a.png", alt: "A hut" }]],
    ["![broken](a.png", []],
    ["# Huts\r\n\r\n![A\r\nhut](a.png)\r\n", [{ path: "a.png", alt: "A hut", context: "Huts" }]],
  ],
  mdx: [
    ['import hut from "./hut.png"\n\n# Huts', [{ path: "./hut.png" }]],
    ['Text <Image src="/a.png" alt="x" width={600} />', [{ path: "/a.png", alt: "x", width: 600 }]],
    ["<Image src={hut} alt={text} />", []],
    ['<Tabs items={{ a: <img src="./a.png" /> }} />', [{ path: "./a.png" }]],
    [
      '<div>\n  <Tabs items={{ a: <img src="./a.png" /> }} /> <img style={{ a: "b > c" }} src="./b.png" />\n</div>',
      [{ path: "./a.png" }, { path: "./b.png" }],
    ],
    ["![x \\{y\\}](a.png)", [{ path: "a.png", alt: "x {y}" }]],
  ],
  html: [
    [
      '<img src="a%20b.png" alt="A &quot;hut&quot;" width="300" height=200>',
      [{ path: "a b.png", alt: 'A "hut"', width: 300, height: 200 }],
    ],
    ["<h2>Red <b>huts</b></h2><img src=a.png>", [{ path: "a.png", context: "Red huts" }]],
    ["<img src='a.png?v=2' width='50%'>", [{ path: "a.png" }]],
    [
      '<picture><source srcset="a.webp 1x, b.webp 2x"><img src="c.png"></picture>',
      [{ path: "a.webp" }, { path: "b.webp" }, { path: "c.png" }],
    ],
    [
      '<img srcset=" , a,b.png,, c.png 1x,d.png 2x , e.png," src="f.png">',
      ["a,b.png", "c.png", "d.png", "e.png", "f.png"].map((path) => ({ path })),
    ],
    // Only what is known to become of the path.
    [
      `<img src="{{ '/a.png' | prepend: '/b' }}"><img src="{{ '/a.png' | append: '.webp' }}"><img src="{{ 'a.png' | relative_url | append: '.webp' }}">`,
      [],
    ],
    [`<img src="{% include '/a.png' %}"><img src="{{ asset('a.png') | upper }}"><img src="{{ '/a' | relURL }}">`, []],
    [
      `<img src="{% static '/a.png' %}"><img src="{{ asset('/b.png') }}"><img src="{{ asset('https://e.org/c.png') }}">`,
      [{ path: "/static/a.png", prefix: "/static" }, { path: "/b.png" }, { path: "https://e.org/c.png" }],
    ],
    // Filters that change no path, and arguments of known meaning.
    [
      `<img src="{{ '/a.png' | prepend: site.baseurl | prepend: site.url }}"><img src="{{ 'b.png' | relURL | safeURL }}"><img src="{{ asset('c.png', true) | e }}"><img src="{{ '/d.png' | escape }}">`,
      [{ path: "/a.png" }, { path: "/b.png", prefix: "/" }, { path: "/c.png", prefix: "/" }, { path: "/d.png" }],
    ],
    [`<img src="{{ 'a.png' | asset_url: 'x' }}"><img src="{{ asset('b.png', 'package') }}">`, []],
    // Names of files have the escapes of strings, and addresses those of URLs.
    [
      `<img src="{% static 'a%20b.png' %}"><img src='{% static "it's.png" %}'><img src="{{ asset('it\\'s.png?v=1') }}">`,
      [
        { path: "/static/a%20b.png", prefix: "/static/" },
        { path: "/static/it's.png", prefix: "/static/" },
        { path: "/it's.png", prefix: "/" },
      ],
    ],
    [
      `<img src="{{ 'a%20b.png' | relURL }}"><%= image_tag "c%20d.png" %><%= image_tag '/e%20f.png' %>`,
      [{ path: "/assets/c%20d.png", prefix: "/assets/" }, { path: "/e f.png" }, { path: "/a b.png", prefix: "/" }],
    ],
    // Laravel decodes it, and Symfony does not.
    [`<img src="{{ asset('a%20b.png') }}"><img src="{% static 'a#b.png' %}">`, []],
    [
      `<%= image_tag "a.png", alt: @post.title, class: "alt: 'no'", data: { alt: "no", width: 1 } %>`,
      [{ path: "/assets/a.png", prefix: "/assets/" }],
    ],
    [
      `<%= image_tag("a.png", data: { x: "}" }, :alt => "A \\"red\\" hut", width: 40, x: t("alt: 'no'")) %>`,
      [{ path: "/assets/a.png", prefix: "/assets/", alt: 'A "red" hut', width: 40 }],
    ],
    [`<img src="{{ 'a.png' | __proto__ }}"><img src="{{ constructor('b.png') }}">`, []],
    [
      `<img src="{{ '/a.png' | relative_url }}" alt="x"><img src='{{- asset("/b.png") -}}'><img src="{{ '/c.png' }}">`,
      [{ path: "/a.png", alt: "x" }, { path: "/b.png" }, { path: "/c.png" }],
    ],
    [`<img src="{{ 'a.png' | url }}"><img src="{{ page.image }}"><img src="{{ '/a' + '.png' }}">`, [{ path: "a.png" }]],
    [
      `<img src="{% static 'a.png' %}"><img src='{{ url_for("static", filename="b.png") }}'><img src="{% other 'c.png' %}">`,
      [
        { path: "/static/a.png", prefix: "/static/" },
        { path: "/static/b.png", prefix: "/static/" },
      ],
    ],
    [
      `<img src="{{ asset("a.png") }}" alt="A hut"><img src="{{ "b.png" | relURL }}"><img src="{{ 'c.png' | upper }}">`,
      [
        { path: "/a.png", prefix: "/", alt: "A hut" },
        { path: "/b.png", prefix: "/" },
      ],
    ],
    [
      '<%= image_tag "a.png", alt: "A hut", size: "40x30" %><img src="<%= image_path("/b.png") %>"><%= image_tag x %>',
      [{ path: "/assets/a.png", prefix: "/assets/", alt: "A hut", width: 40, height: 30 }, { path: "/b.png" }],
    ],
    ['<p>{{ a > b }}</p><img src="c.png" alt="{{ x | default: "y" }}">', [{ path: "c.png" }]],
    ['<link rel="icon" href="/favicon.png"><link rel="stylesheet" href="a.css">', [{ path: "/favicon.png" }]],
    ['<meta property="og:image" content="/og.jpg"><meta name="x" content="y">', [{ path: "/og.jpg" }]],
    ['<video src="a.mp4" poster="a.jpg"></video><script src="a.js"></script>', [{ path: "a.jpg" }]],
    ['<style>.hero { background: url("a.png") }</style>', [{ path: "a.png", context: ".hero" }]],
    ['<div style="background: url(a.png)"></div>', [{ path: "a.png" }]],
    ["<!-- <img src=a.png> -->", []],
    ["<img src=a.png", [{ path: "a.png" }]],
    ['<div><p><img src="a.png"></div></section>', [{ path: "a.png" }]],
    ["<img src=''><img>", []],
  ],
  vue: [
    ['<template><img src="@/assets/a.png" :alt="text"></template>', [{ path: "@/assets/a.png" }]],
    [
      '<template><img :src="hut"></template>\n<script setup lang="ts">\nimport hut from "./hut.png";\n</script>',
      [{ path: "./hut.png" }],
    ],
    [
      '<img src="{{ hut }}"><style lang="scss">.a { .b { background: url(a.png); } }</style>',
      [{ path: "a.png", context: ".b" }],
    ],
  ],
  svelte: [
    [
      "<script>\n  import hut from './hut.png';\n</script>\n{#if a < b}<img src={hut} alt=\"x\">{/if}",
      [{ path: "./hut.png" }],
    ],
    ['{#each huts as hut}<img src="/a.png" alt="{hut.name}">{/each}', [{ path: "/a.png" }]],
  ],
  astro: [
    ['<Tabs items={{ a: <img src="./a.png" /> }} />', [{ path: "./a.png" }]],
    [
      '---\nimport { Image } from "astro:assets";\nimport hut from "../a.png";\n---\n<Image src={hut} /><img src="/b.png" />',
      [{ path: "../a.png" }, { path: "/b.png" }],
    ],
    ["{huts.map((hut) => <img src='/a.png' alt={hut.name} />)}", [{ path: "/a.png" }]],
    [`<img src="/a.png" alt='{"x\t\\u007by"}'>`, [{ path: "/a.png", alt: "x\t{y" }]],
  ],
  typescriptreact: [
    [
      'export function Hero() {\n  return <img src="/a b.png" alt="&lt;x&gt;" width={600} height="40" />;\n}',
      [{ path: "/a b.png", alt: "<x>", width: 600, height: 40, context: "Hero" }],
    ],
    ['const Card = () => <Image src={"/a.png"} alt="x">text</Image>;', [{ path: "/a.png", alt: "x", context: "Card" }]],
    [
      'import a from "./a%20b.png";\nexport { default } from "../c.webp";',
      [{ path: "./a%20b.png" }, { path: "../c.webp" }],
    ],
    [
      'const a = require("./a.png"); const b = new URL("./b%20c.png", import.meta.url); import("./d.png");',
      [{ path: "./a.png" }, { path: "./b c.png" }, { path: "./d.png" }],
    ],
    ['const x: { image: string } = { image: "/images/a.png" };', [{ path: "/images/a.png" }]],
    ['const a = "a.png"; // "./b.png"\nconst b = "https://example.org/a.png";', []],
    ['<img src={hut} alt="x" /> ; <script src="/a.png.js" />', []],
    ['function Hero() { return <div><img src="/a.png" alt="x" </div>', [{ path: "/a.png", alt: "x", context: "Hero" }]],
  ],
  typescript: [['const x = <string>"./a.png";', [{ path: "./a.png" }]]],
  css: [
    ['.hero { background: url("a%20b.png") no-repeat }', [{ path: "a b.png", context: ".hero" }]],
    [
      "@media print { .a, .b > c { background: url( 'a.png' ), url(b.png) } }",
      [
        { path: "a.png", context: ".a, .b > c" },
        { path: "b.png", context: ".a, .b > c" },
      ],
    ],
    [".a { background: url(a\\20 b\\).png) }", [{ path: "a b).png", context: ".a" }]],
    [".a { background: url(a\\110000 b\\0 c.png) }", [{ path: "a\ufffdb\ufffdc.png", context: ".a" }]],
    ["/* url(a.png) */ .a { content: 'url(b.png)' }", []],
    [".a { background: url(a.png", [{ path: "a.png", context: ".a" }]],
    [
      'a { background: image-set("a.png" 1x, url(b.png) 2x, "c.webp" type("image/webp")); content: "d.png"; }',
      ["a.png", "b.png", "c.webp"].map((path) => ({ path, context: "a" })),
    ],
  ],
  scss: [["// url(a.png)\n.a { &:hover { background: url(b.png) } }", [{ path: "b.png", context: "&:hover" }]]],
  less: [[".a { .b; background: url('@{images}/a.png'); }", [{ path: "@{images}/a.png", context: ".a" }]]],
  asciidoc: [
    [
      '== Huts\n\nimage::a%20b.png["A \\"red\\" hut, old",300,200]',
      [{ path: "a b.png", alt: 'A "red" hut, old', width: 300, height: 200, context: "Huts" }],
    ],
    ["See image:a.png[A hut] and image:b.png[].", [{ path: "a.png", alt: "A hut" }, { path: "b.png" }]],
    ["image::a.png[A hut,width=640]", [{ path: "a.png", alt: "A hut", width: 640 }]],
    ['image::a.png["a ] b"]', [{ path: "a.png", alt: "a ] b" }]],
    ["// image::a.png[]\n----\nimage::b.png[]\n----\n", []],
  ],
  restructuredtext: [
    [
      "Huts\n====\n\n.. image:: my\\ hut.png\n   :alt: A hut\n   :width: 300px\n",
      [{ path: "my hut.png", alt: "A hut", width: 300, context: "Huts" }],
    ],
    [".. figure:: a.png\r\n   :alt: A hut\r\n\r\n   Caption", [{ path: "a.png", alt: "A hut" }]],
    [".. |hut| image:: a.png", [{ path: "a.png" }]],
    [".. A comment\n   .. image:: a.png", []],
  ],
  latex: [
    ["\\section{Huts}\n\\includegraphics[width=\\linewidth]{my hut.png}", [{ path: "my hut.png", context: "Huts" }]],
    ["\\includegraphics[alt={A, hut}]{a_b.png}", [{ path: "a_b.png", alt: "A, hut" }]],
    ["% \\includegraphics{a.png}\n\\begin{verbatim}\\includegraphics{b.png}\\end{verbatim}", []],
  ],
  python: [["![x](a.png)", []]],
};

describe("The images of a document", () => {
  for (const [languageId, rows] of Object.entries(tables)) {
    test.each(rows)(`in ${languageId} are found in %j`, (text, links) => {
      expect(read(languageId, text)).toEqual(links);
    });
  }

  test("have ranges of the whole link and of its path", () => {
    const text = "Text ![A hut](<my hut.png?x>) text";
    const [link] = readImageLinks(text, "markdown");
    expect(text.slice(link?.range.start, link?.range.end)).toBe("![A hut](<my hut.png?x>)");
    expect(text.slice(link?.pathRange.start, link?.pathRange.end)).toBe("my hut.png");
  });

  test("that a reference names have the range of its use, and the path of its definition", () => {
    const text = "Text\n\n![A hut][1]\n\n[1]: hut.png";
    const [link] = readImageLinks(text, "markdown");
    expect(text.slice(link?.range.start, link?.range.end)).toBe("![A hut][1]");
    expect(link?.pathRange).toEqual({ start: text.indexOf("hut.png"), end: text.length });
  });
});

describe("Links that open an image are read too, where they count:", () => {
  test.each([
    ["markdown", "[![A hut](small.png)](<my hut.png> 'T')", ["my hut.png", "small.png"]],
    ["markdown", "[hut] ![hut]\n\n[hut]: my%20hut.png", ["my hut.png"]],
    ["markdown", "Text <a class=x href='a.png?x'>b</a>\n\n<p>\n<a href=\"c.png\"></a>\n</p>", ["a.png", "c.png"]],
    ["markdown", "[text](a.md) `[code](a.png)` [x]: a.png", []],
    ["mdx", "[full](a.png)", ["a.png"]],
    ["html", '<a href="a%20b.png"><img src="c.png"></a> <a href="page.html"></a> <a>', ["a b.png", "c.png"]],
    ["svelte", '<a href="/a.png">x</a><a href="{link}.png">', ["/a.png", "{link}.png"]],
    ["css", "a { background: url(a.png) }", ["a.png"]],
  ])("in %s: %s", (languageId, text, paths) => {
    const links = readLinksToImages(text, languageId);
    for (const { pathRange, written } of links) expect(text.slice(pathRange.start, pathRange.end)).toBe(written);
    expect(links.map(({ path }) => path).sort()).toEqual(paths);
  });
});
