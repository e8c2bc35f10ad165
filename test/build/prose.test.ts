// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the samples are code.
import { describe, expect, test } from "vitest";
import { forbiddenWords } from "../../scripts/forbiddenWords.ts";
import { proseProblems } from "../../scripts/proseProblems.ts";

const capitalize = (word: string) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`;
const camelCase = (term: string) =>
  term
    .split(" ")
    .map((word, index) => (index === 0 ? word : capitalize(word)))
    .join("");

const plantedWords = forbiddenWords.flatMap(({ terms, use, where }) => terms.map((term) => ({ term, use, where })));
const inNames = plantedWords.filter(({ where }) => where !== "prose" && where !== "type");
const inTypes = plantedWords.filter(({ where }) => where === "type");
const inProse = plantedWords.filter(({ where }) => where === "prose" || where === "everywhere");

describe("the check of words", () => {
  test.each(inNames)("finds $term as a name", ({ term, use, where }) => {
    const name = where === "name" ? camelCase(term) : `old${capitalize(camelCase(term))}2`;
    const found = { line: 2, message: expect.stringContaining(use) };
    expect(proseProblems("src/a.ts", `const x = "y";\nconst ${name} = x;\n`)).toMatchObject([found]);
    expect(proseProblems("test/a.js", `class X {\n  #${name}s = 1;\n}\n`)).toMatchObject([found]);
    expect(proseProblems("src/a.css", `.a {}\n.${name.replaceAll(/(?=[A-Z\d])/gu, "-")} {}\n`)).toMatchObject([found]);
    const atPath = { line: 1, message: expect.stringContaining(use) };
    expect(proseProblems(`test/core/${name}.test.ts`, "")).toMatchObject([atPath]);
    expect(proseProblems(`src/${name}/a.css`, "")).toMatchObject([atPath]);
  });

  test.each(inTypes)("finds $term as the last word of a type", ({ term, use }) => {
    const found = [{ line: 1, message: expect.stringContaining(use) }];
    expect(proseProblems("src/a.ts", `interface Old${capitalize(camelCase(term))} {}\n`)).toMatchObject(found);
    expect(proseProblems("src/a.ts", `class Old${capitalize(camelCase(term))}s {}\n`)).toMatchObject(found);
    expect(proseProblems("src/a.ts", `const old${capitalize(camelCase(term))} = 1;\n`)).toEqual([]);
  });

  test.each(inProse)("finds $term in a comment, a text and a page", ({ term, use }) => {
    const found = [{ line: 2, message: expect.stringContaining(use) }];
    expect(proseProblems("src/a.ts", `const x = 1;\n// So ${term}.\n`)).toMatchObject(found);
    expect(proseProblems("src/a.ts", `const x = 1;\nconst y = "So ${term}.";\n`)).toMatchObject(found);
    expect(proseProblems("docs/a.md", `# A page\nSo ${term.toUpperCase()}s.\n`)).toMatchObject(found);
    expect(proseProblems("src/a.css", `.a {}\n/* So ${term}. */\n`)).toMatchObject(found);
    expect(proseProblems("src/a.ts", `/**\n * So ${term.replaceAll(" ", "\n * ")}.\n */\n`)).toMatchObject(found);
    expect(proseProblems("src/a.ts", `x;\n// So ${term.replaceAll(" ", "\n// ")}.\n`)).toMatchObject(found);
  });

  test.each([
    'import { x } from "./leafFolder.ts";',
    "const text = `In ${leafFolder}.`;",
    "const text = `a ${`b ${{ c: 1 }.c} d`} leaf`;",
    'const table = { "leafFolder.x": 1, leaf_folder_x: 2 };',
    "// The leaf-folder is full.",
    'const half = 4 / 2; const text = /"/u.test("leaf / 2");',
    "const style = css`\n  .leaf-folder { color: red; }\n`;",
  ])("finds a word in place of “leaf” in %s", (sample) => {
    const { term, use } = plantedWords.find(({ where }) => where === "everywhere") ?? { term: "", use: "" };
    expect(proseProblems("src/a.ts", sample)).toEqual([]);
    const [first, ...others] = proseProblems("src/a.ts", sample.replaceAll("leaf", term));
    expect(first?.message).toContain(use);
    expect(others.filter(({ message }) => message !== first?.message)).toEqual([]);
  });

  test("leaves longer words, other names and regular expressions alone", () => {
    const text =
      'const trailing = /["`]/.test("x");\n// A trail of crumbs beside the desks.\nconst deskLamp = trailing;\n';
    expect(proseProblems("src/a.ts", text)).toEqual([]);
  });

  test("reads no file of code without its end", () => {
    expect(() => proseProblems("src/a.ts", 'const text = "a;\n')).toThrow("no end");
  });

  /** Code with a comment that ends in this column of its first line. */
  const longComments: readonly (readonly [path: string, code: (columns: number) => string])[] = [
    ["scripts/a.mjs", (columns) => `  // ${"x".repeat(columns - 5)}\n`],
    ["test/a.js", (columns) => `// ${"x".repeat(columns - 3)}\n`],
    ["src/a.ts", (columns) => `const x = 1; // ${"x".repeat(columns - 16)}\n`],
    ["src/a.ts", (columns) => `/** ${"x".repeat(columns - 4)}\n */\n`],
    ["src/a.ts", (columns) => `const x = /* ${"x".repeat(columns - 13)}\n */ 1;\n`],
    ["src/a.ts", (columns) => `\t\t// ${"x".repeat(columns - 11)}\n`],
    ["src/a.ts", (columns) => `const part = html\`<!-- ${"x".repeat(columns - 27)} -->\`;\n`],
    ["src/a.css", (columns) => `a { b: c; } /* ${"x".repeat(columns - 18)} */\n`],
  ];

  test.each(longComments)("finds a comment of over 100 columns in %s, as in %s", (path, code) => {
    expect(proseProblems(path, code(100))).toEqual([]);
    expect(proseProblems(path, code(101))).toEqual([
      { line: 1, message: "the comment has 101 columns, and may have 100" },
    ]);
  });

  test("finds it on a later line of a comment too, with and without a star", () => {
    const line = "x".repeat(101);
    const found = [{ line: 3, message: "the comment has 101 columns, and may have 100" }];
    expect(proseProblems("src/a.ts", `\n/*\n${line}\n*/\n`)).toEqual(found);
    expect(proseProblems("src/a.ts", `\n/**\n * ${line.slice(3)}\n */\n`)).toEqual(found);
    expect(proseProblems("src/a.ts", `\nconst style = css\`\n  /* ${line.slice(8)} */\`;\n`)).toEqual(found);
  });

  test("leaves a long line of code alone, also after a comment", () => {
    expect(proseProblems("src/a.ts", `const text = "${"x".repeat(100)}";\n`)).toEqual([]);
    expect(proseProblems("src/a.ts", `/* A text. */ const text = "${"x".repeat(100)}";\n`)).toEqual([]);
    expect(proseProblems("src/a.ts", `const text = "src/*/${"x".repeat(100)}/**";\n`)).toEqual([]);
  });
});
