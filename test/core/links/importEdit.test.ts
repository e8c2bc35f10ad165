import { describe, expect, test } from "vitest";
import { importEdit } from "../../../src/core/links/importEdit.ts";
import { placeLinks } from "../../../src/core/links/linkPlaces.ts";

const line = 'import Image from "next/image"';
const link = { markup: "<Image />", imports: [line], path: "/a.png" };

/** The text after the edit. */
function edited(languageId: string, text: string, links = [link]): string | undefined {
  const edit = importEdit({ text, languageId }, links, "<Image />\n");
  return edit && text.slice(0, edit.start) + edit.text + text.slice(edit.end);
}

describe("The import that a link needs", () => {
  test.each([
    ["typescriptreact", "const a = 1;\n", `${line};\n\nconst a = 1;\n`],
    ["typescriptreact", "", `${line};\n\n`],
    [
      "typescriptreact",
      "#!/usr/bin/env x\n// A page.\n'use client';\n\nf();\n",
      `#!/usr/bin/env x\n// A page.\n'use client';\n${line};\n\nf();\n`,
    ],
    [
      "javascriptreact",
      "import a from 'a'\nimport {\n  b,\n} from './b'\n\nf()",
      "import a from 'a'\nimport {\n  b,\n} from './b'\nimport Image from 'next/image'\n\nf()",
    ],
    ["javascriptreact", 'import "a.css"; // Styles\r\nf();\r\n', `import "a.css"; // Styles\r\n${line};\r\nf();\r\n`],
    [
      "astro",
      "---\nimport a from 'a';\nf();\n---\n<p>",
      "---\nimport a from 'a';\nimport Image from 'next/image';\nf();\n---\n<p>",
    ],
    ["astro", "---\nf();\n---\n<p>", `---\n${line};\nf();\n---\n<p>`],
    ["astro", "<p>\nimport x from 'x'", `---\n${line};\n---\n\n<p>\nimport x from 'x'`],
    ["mdx", "---\ntitle: x\n---\n# Huts", `---\ntitle: x\n---\n\n${line};\n\n# Huts`],
    ["mdx", 'import A from "a"\n\n# Huts', `import A from "a"\n${line}\n\n# Huts`],
  ])("is added after the others in %s: %j", (languageId, text, result) => {
    expect(edited(languageId, text)).toBe(result);
  });

  const sample = 'import Image from "next/image"\nimport Foo from "foo"\n';
  test.each([
    ["mdx", "# Huts\n\n```js\n", "```\n"],
    ["mdx", "# Huts\n\n- ~~~js\n", "~~~\n"],
    ["mdx", "<Code>{`\n\n", "`}</Code>\n"],
    ["mdx", "export const code = `\n\n", "`\n"],
    ["mdx", "{/*\n\n", "*/}\n"],
    ["mdx", "First you write\n", "\n"],
    ["typescriptreact", "const code = `\n", "`;\n"],
    ["javascriptreact", "f();\n/*\n", "*/\n"],
    ["javascriptreact", 'const a = (\n  <p title="(">\n', "  </p>\n);\n"],
    ["mdx", "# Huts\n\n```js\n", ""],
  ])("is not added to a sample, which imports nothing, in %s: %j", (languageId, before, after) => {
    expect(edited(languageId, `${before}${sample}${after}`)?.startsWith(line)).toBe(true);
    const real = `import A from "a"\n${languageId === "mdx" ? "\n" : ""}${before}${sample}${after}`;
    expect(edited(languageId, real)).toBe(real.replace("\n", `\n${line}\n`));
  });

  test("is not added to a sample in a document of Astro", () => {
    const text = `---\nconst code = \`\n${sample}\`;\n---\n<p>`;
    expect(edited("astro", text)).toBe(text.replace("\n", `\n${line};\n`));
  });

  test.each([
    "# Huts\n\nDon't use `{` or (`x`).\n\n",
    "```js\nf()\n```\n",
    "export const a = 1\n",
    "---\ntitle: It's a ` here\n---\n",
    "import {\n  b\n} from 'b'\n",
  ])("is added after the last one in mdx, also if that is below %j", (before) => {
    expect(edited("mdx", `${before}import Foo from "foo"\n\nText`)).toBe(
      `${before}import Foo from "foo"\n${line}\n\nText`,
    );
  });

  test("is added once for several links, and not if it is there", () => {
    expect(edited("typescriptreact", "", [link, link])).toBe(`${line};\n\n`);
    expect(edited("typescriptreact", "import Image from 'next/image';\n")).toBeUndefined();
    expect(edited("typescriptreact", "", [{ ...link, imports: [] }])).toBeUndefined();
  });

  test("has another name for each of several images with the same name", () => {
    const linkTo = (path: string) => ({
      markup: "<Image src={hut} />",
      imports: [line, `import hut from "${path}"`],
      path,
    });
    const document = { text: "<main>\n</main>", languageId: "astro", indentUnit: "  " };
    const { text, imports } = placeLinks(document, 7, [
      linkTo("./a/hut.png"),
      linkTo("./b/hut.png"),
      linkTo("./a/hut.png"),
    ]);
    expect(text.match(/src=\{\w+\}/g)).toEqual(["src={hut}", "src={hut2}", "src={hut}"]);
    const added = [line, 'import hut from "./a/hut.png"', 'import hut2 from "./b/hut.png"'];
    expect(imports?.text).toBe(`---\n${added.join(";\n")};\n---\n\n`);
  });

  test("is not added if only the path is inserted", () => {
    expect(importEdit({ text: "", languageId: "typescriptreact" }, [link], "/a.png")).toBeUndefined();
  });
});
