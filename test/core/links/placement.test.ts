import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { linkMarkup } from "../../../src/core/links/link.ts";
import type { LinkForms } from "../../../src/core/links/linkEdit.ts";
import { linkLanguages } from "../../../src/core/links/linkLanguages.ts";
import { findPlaceholder } from "../../../src/core/links/placeholder.ts";
import { placeLinks } from "../../../src/core/links/placement.ts";

/** Marks the cursor in the texts below. */
const cursor = "¦";

const formsOf = (languageId: string, name: string): LinkForms => ({
  markup: linkMarkup(languageId, { path: `${name}.png`, alt: name }),
  path: `${name}.png`,
});

/** The text after the links to pictures with these names were inserted at the cursor. */
function insertAtCursor(
  languageId: string,
  marked: string,
  names: readonly string[] = ["fox"],
  indentUnit = "  ",
): string {
  const offset = marked.indexOf(cursor);
  const text = marked.replace(cursor, "");
  const links = names.map((name) => formsOf(languageId, name));
  const edit = placeLinks({ text, languageId, indentUnit }, offset, links);
  return text.slice(0, edit.start) + edit.text + text.slice(edit.end);
}

/** What is inserted, in the texts below. */
const img = '<img src="fox.png" alt="fox">';
const jsx = '<img src="fox.png" alt="fox" />';
const md = "![fox](fox.png)";

type Row = readonly [where: string, before: string, after: string];

const html: readonly Row[] = [
  ["in an empty document", "¦", img],
  ["on a blank line, whose white space stays", "<p>a</p>\n    ¦\n<p>b</p>", `<p>a</p>\n    ${img}\n<p>b</p>`],
  ["on a line with tabs", "<div>\n\t\t¦\n</div>\n", `<div>\n\t\t${img}\n</div>\n`],
  [
    "on an empty line between elements",
    "<div>\n  <p>a</p>\n¦\n  <p>b</p>\n</div>",
    `<div>\n  <p>a</p>\n  ${img}\n  <p>b</p>\n</div>`,
  ],
  ["on an empty line of an empty element", "  <div>\n¦\n  </div>", `  <div>\n    ${img}\n  </div>`],
  ["on an empty last line", "<p>a</p>\n¦", `<p>a</p>\n${img}`],
  ["between two tags of a line", "  <figure>¦</figure>", `  <figure>\n    ${img}\n  </figure>`],
  ["between two paragraphs of a line", "<p>a</p>¦<p>b</p>", `<p>a</p>\n${img}\n<p>b</p>`],
  [
    "behind a tag at the end of its line",
    "<figure>¦\n    <p>a</p>\n</figure>",
    `<figure>\n    ${img}\n    <p>a</p>\n</figure>`,
  ],
  ["at the start of a line", "<div>\n  ¦<p>a</p>\n</div>", `<div>\n  ${img}\n  <p>a</p>\n</div>`],
  ["before a closing tag", "<div>\n  <p>a</p>\n¦</div>", `<div>\n  <p>a</p>\n  ${img}\n</div>`],
  ["in a word", "  <p>Some te¦xt</p>\n", `  <p>Some text</p>\n  ${img}\n`],
  ["at the end of a sentence", "<p>Some text¦</p>", `<p>Some text</p>\n${img}`],
  ["at the start of a sentence", "<p>¦Some text</p>", `<p>\n  ${img}\n  Some text</p>`],
  ["in a sentence of several lines", "<p>\n  One¦\n  two\n</p>\n", `<p>\n  One\n  two\n</p>\n${img}\n`],
  [
    "in a sentence with inline elements",
    "<p>A <b>bo¦ld</b> <i>word</i></p>",
    `<p>A <b>bold</b> <i>word</i></p>\n${img}`,
  ],
  ["in a list item", "  <li>Some te¦xt</li>", `  <li>Some text\n    ${img}\n  </li>`],
  ["in text without tags", "Here:¦\n<p>End</p>", `Here:\n${img}\n<p>End</p>`],
  ["in text before a blank line", "He¦re:\n\n<p>End</p>", `Here:\n${img}\n\n<p>End</p>`],
  [
    "in the name of a tag",
    "<div>\n  <se¦ction>\n    <p>a</p>\n  </section>\n</div>",
    `<div>\n  <section>\n    ${img}\n    <p>a</p>\n  </section>\n</div>`,
  ],
  ["among the attributes of a tag", '<div cla¦ss="a"><p>b</p></div>', `<div class="a">\n  ${img}\n  <p>b</p></div>`],
  ["in a class, which holds no path", '<p class="a¦">b</p>', `<p class="a">\n  ${img}\n  b</p>`],
  ["in a source", '<img src="¦" alt="">', '<img src="fox.png" alt="">'],
  ["in a source in single quotes", "<img src='¦'>", "<img src='fox.png'>"],
  ["in a comment", "<div>\n  <!-- a ¦ b -->\n</div>", `<div>\n  <!-- a  b -->\n  ${img}\n</div>`],
  ["on a blank line of a comment", "<!--\n¦\n-->\n<p>a</p>", `<!--\n\n-->\n${img}\n<p>a</p>`],
  ["in a comment before a tag", "<!-- ¦ --><p>a</p>", `<!--  -->\n${img}\n<p>a</p>`],
  ["before the document type", "¦<!doctype html>\n<html>\n</html>", `<!doctype html>\n${img}\n<html>\n</html>`],
  ["in a script", "<script>\n  const a = ¦;\n</script>", '<script>\n  const a = "fox.png";\n</script>'],
  ["in a string of a script", '<script>\n  a.src = "¦";\n</script>', '<script>\n  a.src = "fox.png";\n</script>'],
  [
    "in a comment of a script",
    "<script>\n  // a¦\n  b();\n</script>",
    '<script>\n  // a\n  "fox.png"\n  b();\n</script>',
  ],
  [
    "in an address of a style sheet",
    "<style>a { background: url(¦) }</style>",
    "<style>a { background: url(fox.png) }</style>",
  ],
  ["behind a `<` that starts no tag", "<p>1 < 2¦</p>", `<p>1 < 2</p>\n${img}`],
  ["in an unfinished tag", "<p>a</p>\n<div cl¦\n<p>b</p>", `<p>a</p>\n<div cl\n${img}\n<p>b</p>`],
];

const jsxRows: readonly Row[] = [
  ["in an empty document", "¦", jsx],
  [
    "in a deep element",
    "const App = () => (\n  <main>\n    <section>\n      <article>\n        <h2>a</h2>¦\n      </article>\n    </section>\n  </main>\n);\n",
    `const App = () => (\n  <main>\n    <section>\n      <article>\n        <h2>a</h2>\n        ${jsx}\n      </article>\n    </section>\n  </main>\n);\n`,
  ],
  [
    "on an empty line of a deep element",
    "const a = (\n\t<main>\n\t\t<div>\n¦\n\t\t\t<p>a</p>\n\t\t</div>\n\t</main>\n);",
    `const a = (\n\t<main>\n\t\t<div>\n\t\t\t${jsx}\n\t\t\t<p>a</p>\n\t\t</div>\n\t</main>\n);`,
  ],
  ["on a blank line of code", "return (\n    ¦\n);", `return (\n    ${jsx}\n);`],
  ["on an empty line of code", "  return (\n¦\n  );", `  return (\n    ${jsx}\n  );`],
  ["in code", "const a = ¦;", `const a = ${jsx};`],
  ["behind a word of code", "return¦;", `return ${jsx};`],
  ["in a string", 'const a = "¦";', 'const a = "fox.png";'],
  ["in a template", "const a = `¦`;", "const a = `fox.png`;"],
  ["in a comment of code", "// pic¦ture\nconst a = 1;", `// picture\n${jsx}\nconst a = 1;`],
  ["in a comment within code", "const a = /* pic¦ture */;", `const a = /* picture */ ${jsx};`],
  ["in a comment between tags", "a = <p>\n  {/* a¦ */}\n</p>;", `a = <p>\n  {/* a */}\n  ${jsx}\n</p>;`],
  [
    "in a name in a sentence",
    "a = (\n  <main>\n    <p>Don't {na¦me} it</p>\n  </main>\n);",
    `a = (\n  <main>\n    <p>Don't {name} it</p>\n    ${jsx}\n  </main>\n);`,
  ],
  [
    "in a sentence with an expression",
    "a = (\n  <main>\n    <p>Don't {name} i¦t</p>\n  </main>\n);",
    `a = (\n  <main>\n    <p>Don't {name} it</p>\n    ${jsx}\n  </main>\n);`,
  ],
  [
    "in the outermost element, which gets no sibling",
    "return <p>Some te¦xt</p>;",
    `return <p>Some text\n  ${jsx}\n</p>;`,
  ],
  ["in its closing tag", "return <div>\n  <p>a</p>\n</d¦iv>;", `return <div>\n  <p>a</p>\n  ${jsx}\n</div>;`],
  [
    "in a list of elements",
    "a = <ul>{all.map((one) => <li key={one}>¦</li>)}</ul>;",
    `a = <ul>{all.map((one) => <li key={one}>\n  ${jsx}\n</li>)}</ul>;`,
  ],
  ["in a value in quotes", 'a = <Card image="¦" />;', 'a = <Card image="fox.png" />;'],
  ["in a value in braces", "a = <Card icon={¦} />;", `a = <Card icon={${jsx}} />;`],
  ["in a string in braces", 'a = <Card icon={"¦"} />;', 'a = <Card icon={"fox.png"} />;'],
  [
    "among attributes",
    "a = (\n  <Card\n    wi¦de={1 > 0}\n  >\n    <b />\n  </Card>\n);",
    `a = (\n  <Card\n    wide={1 > 0}\n  >\n    ${jsx}\n    <b />\n  </Card>\n);`,
  ],
  ["behind a list of types", "const [a] = useState<string>(¦);", `const [a] = useState<string>(${jsx});`],
  ["behind a generic function", "const f = <T,>(a: T) => ¦;", `const f = <T,>(a: T) => ${jsx};`],
  ["in a fragment", "a = <>¦</>;", `a = <>\n  ${jsx}\n</>;`],
];

const vue: readonly Row[] = [
  ...["¦<script setup>\n</script>\n%", "<script setup>\n</script>\n¦\n%", "<script setup>\n</script>\n%\n¦"].map(
    (text): Row => [
      `outside of its blocks: ${JSON.stringify(text)}`,
      text.replace("%", "<template>\n  <main>\n    <p>a</p>\n  </main>\n</template>"),
      text.replace("¦", "").replace("%", `<template>\n  <main>\n    <p>a</p>\n    ${img}\n  </main>\n</template>`),
    ],
  ),
  [
    "in a style",
    "<style scoped>\na { background: ¦; }\n</style>",
    '<style scoped>\na { background: url("fox.png"); }\n</style>',
  ],
  [
    "in an expression",
    "<template>\n  <p>{{ na¦me }}</p>\n</template>",
    `<template>\n  <p>{{ name }}</p>\n  ${img}\n</template>`,
  ],
  ["between tags", "<template>\n  <div>¦</div>\n</template>", `<template>\n  <div>\n    ${img}\n  </div>\n</template>`],
  [
    "in a script",
    '<script setup lang="ts">\nconst a = "¦";\n</script>',
    '<script setup lang="ts">\nconst a = "fox.png";\n</script>',
  ],
  [
    "in a directive with a sign",
    '<p @click="a > b" cl¦ass="c">d</p>',
    `<p @click="a > b" class="c">\n  ${img}\n  d</p>`,
  ],
];

const svelte: readonly Row[] = [
  ["behind a block", "{#if a}¦\n  <p>b</p>\n{/if}", `{#if a}\n  ${img}\n  <p>b</p>\n{/if}`],
  ["in a block", "{#if a¦ > 1}\n{/if}", `{#if a > 1}\n  ${img}\n{/if}`],
  ["in a sentence with an expression", "<p>Hello {na¦me}!</p>", `<p>Hello {name}!</p>\n${img}`],
  ["among attributes", "<div class={a > 1} i¦d></div>", `<div class={a > 1} id>\n  ${img}\n</div>`],
];

const astro: readonly Row[] = [
  ["in the front matter", '---\nconst a = "¦";\n---\n<p>a</p>', '---\nconst a = "fox.png";\n---\n<p>a</p>'],
  ["before the front matter", "¦---\nconst a = 1;\n---\n<p>a</p>", `---\nconst a = 1;\n---\n${img}\n<p>a</p>`],
  ["in a comment of the front matter", "---\n// a¦\n---\n<p>a</p>", '---\n// a\n"fox.png"\n---\n<p>a</p>'],
  ["between tags", "---\n---\n<main>\n  <br>¦\n</main>", `---\n---\n<main>\n  <br>\n  ${img}\n</main>`],
  [
    "in a list",
    "<ul>\n  {all.map((a) => <li>¦</li>)}\n</ul>",
    `<ul>\n  {all.map((a) => <li>\n    ${img}\n  </li>)}\n</ul>`,
  ],
];

const php: readonly Row[] = [
  ["behind code that prints", "  <h2><?php the_title(); ?>¦</h2>", `  <h2><?php the_title(); ?></h2>\n  ${img}`],
  ["between tags", "<div>¦</div>", `<div>\n  ${img}\n</div>`],
  [
    "behind code",
    "<?php if ($a): ?>¦\n  <p>b</p>\n<?php endif; ?>",
    `<?php if ($a): ?>\n  ${img}\n  <p>b</p>\n<?php endif; ?>`,
  ],
  ["in a string", "<?php echo '¦'; ?>", "<?php echo 'fox.png'; ?>"],
  ["in a comment", "<?php\n  # a¦\n  b();", '<?php\n  # a\n  "fox.png"\n  b();'],
  ["in a sentence with an expression", "<p>Hello <?= $na¦me ?>!</p>", `<p>Hello <?= $name ?>!</p>\n${img}`],
];

const handlebars: readonly Row[] = [
  ["in a comment", "<div>\n  {{!-- a }} ¦ --}}\n</div>", `<div>\n  {{!-- a }}  --}}\n  ${img}\n</div>`],
  ["in a short comment", "<div>\n  {{! a¦ }}\n</div>", `<div>\n  {{! a }}\n  ${img}\n</div>`],
  ["in a block", "{{#if a¦}}\n  <p>b</p>\n{{/if}}", `{{#if a}}\n  ${img}\n  <p>b</p>\n{{/if}}`],
  ["in a sentence with an expression", "<p>Hello {{na¦me}}!</p>", `<p>Hello {{name}}!</p>\n${img}`],
];

const markdown: readonly Row[] = [
  ["in an empty document", "¦", md],
  ["on an empty line between blank ones", "a\n\n¦\n\nb", `a\n\n${md}\n\nb`],
  ["on the only empty line between paragraphs", "Before\n¦\nAfter\n", `Before\n\n${md}\n\nAfter\n`],
  ["on the last line", "a\n¦", `a\n\n${md}`],
  ["in a word", "Some te¦xt here.\n", `Some text here.\n\n${md}\n`],
  ["at the end without a line break", "Some text¦", `Some text\n\n${md}`],
  ["in a paragraph of several lines", "One\ntw¦o\nthree\n\nfour\n", `One\ntwo\nthree\n\n${md}\n\nfour\n`],
  ["at the start of a paragraph", "a\n\n¦b\nc\n", `a\n\n${md}\n\nb\nc\n`],
  ["at the start of a later line", "a\n¦b\n", `a\nb\n\n${md}\n`],
  ["in a heading", "# Ti¦tle\nText\n", `# Title\n\n${md}\n\nText\n`],
  ["in an underlined heading", "Ti¦tle\n=====\n\nText\n", `Title\n=====\n\n${md}\n\nText\n`],
  ["in a list item", "- on¦e\n- two\n", `- one\n\n  ${md}\n\n- two\n`],
  ["in a numbered step", "10. Press¦ it\n11. Wait\n", `10. Press it\n\n    ${md}\n\n11. Wait\n`],
  ["in a task", "- [ ] do¦ it\n", `- [ ] do it\n\n  ${md}\n`],
  ["in a nested list", "- a\n  - b¦\n", `- a\n  - b\n\n    ${md}\n`],
  ["in a later line of a list item", "- a\n  b¦\n- c\n", `- a\n  b\n\n  ${md}\n\n- c\n`],
  ["in a quote", "> a¦\n> b\n", `> a\n> b\n>\n> ${md}\n`],
  ["on a blank line of a quote", "> a\n>¦\n> b\n", `> a\n>\n> ${md}\n>\n> b\n`],
  ["in a comment", "<!-- a¦ -->\n\nText\n", `<!-- a -->\n\n${md}\n\nText\n`],
  ["in a comment of several lines", "<!--\n¦\n-->\nText\n", `<!--\n\n-->\n\n${md}\n\nText\n`],
  ["in a comment in a sentence", "Some <!-- a¦ --> text\n", `Some <!-- a --> text\n\n${md}\n`],
  ["in a block of code", "```html\n<p>¦\n```\nText\n", `\`\`\`html\n<p>\n\`\`\`\n\n${md}\n\nText\n`],
  ["behind `<!--` in code", "Write `<!--` he¦re\n\nText -->\n", `Write \`<!--\` here\n\n${md}\n\nText -->\n`],
  ["in a cell of a table", "| a | b |\n| - | - |\n| ¦ | c |\n", `| a | b |\n| - | - |\n| ${md} | c |\n`],
  ["in an empty link", "![A fox](¦)\n", "![A fox](fox.png)\n"],
  ["in HTML", '<p align="center">\n  <b>a¦</b>\n</p>\n', `<p align="center">\n  <b>a</b>\n</p>\n\n${md}\n`],
  ["before the front matter", "¦---\ntitle: a\n---\n\nText\n", `---\ntitle: a\n---\n\n${md}\n\nText\n`],
  ["before front matter in TOML", "¦+++\ntitle = 'a'\n+++\nText\n", `+++\ntitle = 'a'\n+++\n\n${md}\n\nText\n`],
  ["in the front matter", '---\nimage: "¦"\n---\n\nText\n', '---\nimage: "fox.png"\n---\n\nText\n'],
];

const mdx: readonly Row[] = [
  ["in a comment", "Text\n\n{/* a¦ */}\n\nMore\n", `Text\n\n{/* a */}\n\n${md}\n\nMore\n`],
  ["in a word", "Some te¦xt\n", `Some text\n\n${md}\n`],
];

const url = 'url("fox.png")';
const css: readonly Row[] = [
  ["in a value", "a { background: ¦; }", `a { background: ${url}; }`],
  ["behind a word of a value", "a { background: red¦; }", `a { background: red ${url}; }`],
  ["in a string", 'a { background: url("¦"); }', 'a { background: url("fox.png"); }'],
  ["in an address without quotes", "a { background: url(¦); }", "a { background: url(fox.png); }"],
  ["on a blank line", "a {\n  ¦\n}", `a {\n  ${url}\n}`],
  ["in a comment", "a {\n  /* a¦ */\n  color: red;\n}", `a {\n  /* a */\n  ${url}\n  color: red;\n}`],
  ["in a comment in a value", "a { background: /* a¦ */; }", `a { background: /* a */ ${url}; }`],
];

const scss: readonly Row[] = [
  ["in a comment up to the end of its line", "a {\n  color: red; // a¦\n}", `a {\n  color: red; // a\n  ${url}\n}`],
  [
    "behind an address with slashes",
    "a { b: url(http://c); background: ¦; }",
    `a { b: url(http://c); background: ${url}; }`,
  ],
];

const rst = ".. image:: fox.png\n   :alt: fox";
const restructuredtext: readonly Row[] = [
  ["in an empty document", "¦", rst],
  ["in a paragraph", "One te¦xt\ntwo\n\nthree\n", `One text\ntwo\n\n${rst}\n\nthree\n`],
  ["on an empty line between paragraphs", "One\n¦\ntwo\n", `One\n\n${rst}\n\ntwo\n`],
  ["in a heading", "Ti¦tle\n=====\n\nText\n", `Title\n=====\n\n${rst}\n\nText\n`],
  [
    "in an indented paragraph",
    ".. note::\n\n   te¦xt\n",
    ".. note::\n\n   text\n\n   .. image:: fox.png\n      :alt: fox\n",
  ],
  ["in a list item", "- te¦xt\n- more\n", "- text\n\n  .. image:: fox.png\n     :alt: fox\n\n- more\n"],
  ["in a comment", ".. TODO¦ something\n   more\n\nText\n", `.. TODO something\n   more\n\n${rst}\n\nText\n`],
  ["in an empty directive", ".. image:: ¦\n   :alt: a\n", ".. image:: fox.png\n   :alt: a\n"],
];

const adoc = 'image::fox.png["fox"]';
const asciidoc: readonly Row[] = [
  ["in a paragraph", "One te¦xt\ntwo\n\nthree\n", `One text\ntwo\n\n${adoc}\n\nthree\n`],
  ["in a heading", "== Ti¦tle\nText\n", `== Title\n\n${adoc}\n\nText\n`],
  ["in a list item", "* te¦xt\n* more\n", `* text\n+\n${adoc}\n\n* more\n`],
  ["in a comment", "// a¦ b\n\nText\n", `// a b\n\n${adoc}\n\nText\n`],
  ["in a block of comments", "////\na¦\n////\n\nText\n", `////\na\n////\n\n${adoc}\n\nText\n`],
  ["in a block of code", "----\na¦\n----\n", `----\na\n----\n\n${adoc}\n`],
  ["in an empty macro", "image::¦[A fox]\n", "image::fox.png[A fox]\n"],
];

const tex = "\\includegraphics{fox.png}";
const latex: readonly Row[] = [
  ["in a paragraph", "One te¦xt\ntwo\n\nthree\n", `One text\ntwo\n\n${tex}\n\nthree\n`],
  [
    "behind a command",
    "\\begin{figure}\n  \\centering¦\n  \\caption{a}\n\\end{figure}\n",
    `\\begin{figure}\n  \\centering\n  ${tex}\n  \\caption{a}\n\\end{figure}\n`,
  ],
  [
    "on a blank line of a figure",
    "\\begin{figure}\n  ¦\n\\end{figure}\n",
    `\\begin{figure}\n  ${tex}\n\\end{figure}\n`,
  ],
  ["in a comment", "% a¦ b\n\\section{c}\n", `% a b\n${tex}\n\\section{c}\n`],
  ["behind an escaped percent sign", "100 \\% te¦xt\n", `100 \\% text\n\n${tex}\n`],
  ["in an empty command", "\\includegraphics[width=1cm]{¦}\n", "\\includegraphics[width=1cm]{fox.png}\n"],
];

describe.each([
  ["html", html],
  ["javascriptreact", jsxRows],
  ["typescriptreact", jsxRows],
  ["vue", vue],
  ["svelte", svelte],
  ["astro", astro],
  ["php", php],
  ["handlebars", handlebars],
  ["markdown", markdown],
  ["mdx", mdx],
  ["css", css],
  ["scss", scss],
  ["less", scss],
  ["restructuredtext", restructuredtext],
  ["asciidoc", asciidoc],
  ["latex", latex],
] as const)("A link in %s", (languageId, rows) => {
  test.each(rows)("%s", (_, before, after) => {
    expect(insertAtCursor(languageId, before)).toBe(after);
  });

  test.each(rows)("%s, with CRLF", (_, before, after) => {
    const toCrlf = (text: string) => text.replaceAll("\n", "\r\n");
    const hasLineBreak = before.includes("\n");
    expect(insertAtCursor(languageId, hasLineBreak ? toCrlf(before) : before)).toBe(
      hasLineBreak ? toCrlf(after) : after,
    );
  });
});

describe("Several links", () => {
  test("stand on their own lines, with the indentation of the first", () => {
    expect(insertAtCursor("html", "  <figure>¦</figure>", ["fox", "owl"])).toBe(
      `  <figure>\n    ${img}\n    <img src="owl.png" alt="owl">\n  </figure>`,
    );
    expect(insertAtCursor("markdown", "- a¦\n", ["fox", "owl"])).toBe(`- a\n\n  ${md}\n  ![owl](owl.png)\n`);
    expect(insertAtCursor("restructuredtext", "¦", ["fox", "owl"])).toBe(`${rst}\n.. image:: owl.png\n   :alt: owl`);
  });
});

describe("A link in a language without a link format", () => {
  test.each([
    ["python", 'path = "¦"', 'path = "fox.png"'],
    ["plaintext", "Some te¦xt", "Some tefox.pngxt"],
    ["constructor", "¦", "fox.png"],
  ])("stays at the cursor in %s", (languageId, before, after) => {
    expect(insertAtCursor(languageId, before)).toBe(after);
  });
});

test("An element is indented by the document's own unit", () => {
  expect(insertAtCursor("html", "\t<div>¦</div>", ["fox"], "\t")).toBe(`\t<div>\n\t\t${img}\n\t</div>`);
  expect(insertAtCursor("html", "<div>¦</div>", ["fox"], "    ")).toBe(`<div>\n    ${img}\n</div>`);
});

test("In a document of many megabytes, only the part around the cursor counts", () => {
  const filler = "<p>a</p>\n".repeat(300_000);
  const inserted = insertAtCursor("html", `${filler}<!-- b¦ -->\n${filler}`);
  expect(inserted.length).toBe(filler.length * 2 + `<!-- b -->\n${img}\n`.length);
  expect(inserted.slice(filler.length, filler.length + 60)).toMatch(/^<!-- b -->\n<img src="fox.png" alt="fox">\n<p>/);
});

test.each([
  ...["html", "svelte", "typescriptreact", "php", "handlebars", "markdown", "mdx", "scss", "restructuredtext"],
  ...["asciidoc", "latex"],
])("Much broken code in %s does not hang", (languageId) => {
  for (const piece of [
    "{",
    "<a {",
    "<a '",
    "<!--",
    '"',
    "`",
    "``",
    "~~~\n",
    "<?",
    "{{",
    "{/*",
    "..\n",
    "%\n",
    "////\n",
    "url(",
  ]) {
    const text = piece.repeat(300_000 / piece.length);
    expect(insertAtCursor(languageId, `${text.slice(0, 150_000)}${cursor}${text.slice(150_000)}`)).toContain("fox.png");
    expect(findPlaceholder({ text, languageId, indentUnit: "" }, 0)).toBeUndefined();
  }
});

describe("For any document and offset", () => {
  const pieces = [
    ...["<p>", "</p>", "<!--", "-->", "<b>", "</b>", "<div a='", "'>", '"', "`", "{", "}", "{/*", "*/}", "/*", "*/"],
    ..."// | # > - % \\ --- ``` ~~~ .. :: |=== ---- {{ }} {{!-- --}} <?php ?> <script> </script> => ( ) <T,> <A />".split(
      " ",
    ),
    ...["\n", "\n\n", "  ", "\t", "word", " ", "image", "url(", "![](", "\\begin{comment}", "\\end{comment}", "\r"],
  ];
  const document = fc.array(fc.constantFrom(...pieces), { maxLength: 40 }).map((all) => all.join(""));

  test.each([...linkLanguages, "python"])("a link in %s changes nothing but white space", (languageId) => {
    fc.assert(
      fc.property(document, fc.nat(), (text, number) => {
        const offset = number % (text.length + 1);
        const marker = { markup: "‹link›", path: "‹link›" };
        const edit = placeLinks({ text, languageId, indentUnit: "  " }, offset, [marker]);
        expect(edit.start).toBeLessThanOrEqual(edit.end);
        const after = text.slice(0, edit.start) + edit.text + text.slice(edit.end);
        expect(after.split("‹link›")).toHaveLength(2);
        // A plus sign continues a list of AsciiDoc; a script has a string, and a style a URL.
        const rest = edit.text.replace(/\r?\n\+\r?\n‹link›|url\("‹link›"\)|"‹link›"|‹link›/, "");
        // A quote of Markdown is continued by its signs.
        const visible = (all: string) => all.replace(/[\s>]+/g, "");
        expect(visible(rest)).toBe(visible(text.slice(edit.start, edit.end)));
      }),
    );
  });
});
