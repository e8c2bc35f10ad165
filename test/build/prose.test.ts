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
const inNames = plantedWords.filter(({ where }) => where !== "prose");
const inProse = plantedWords.filter(({ where }) => where === "prose" || where === "everywhere");

describe("the check of words", () => {
  test.each(inNames)("finds $term as a name", ({ term, use, where }) => {
    const name = where === "name" ? camelCase(term) : `old${capitalize(camelCase(term))}2`;
    const problems = proseProblems("src/a.ts", `const x = "y";\nconst ${name} = x;\n`);
    expect(problems).toMatchObject([{ line: 2, message: expect.stringContaining(use) }]);
  });

  test.each(inProse)("finds $term in a comment, a text and a page", ({ term, use }) => {
    const found = [{ line: 2, message: expect.stringContaining(use) }];
    expect(proseProblems("src/a.ts", `const x = 1;\n// So ${term}.\n`)).toMatchObject(found);
    expect(proseProblems("src/a.ts", `const x = 1;\nconst y = "So ${term}.";\n`)).toMatchObject(found);
    expect(proseProblems("docs/a.md", `# A page\nSo ${term}.\n`)).toMatchObject(found);
    const comment = `/**\n * So ${term.replaceAll(" ", "\n * ")}.\n */\n`;
    expect(proseProblems("src/a.ts", comment)).toMatchObject(found);
  });

  test("leaves longer words, other names and regular expressions alone", () => {
    const text =
      'const trailing = /["`]/.test("x");\n// A trail of crumbs beside the desks.\nconst deskLamp = trailing;\n';
    expect(proseProblems("src/a.ts", text)).toEqual([]);
  });

  test("finds a comment of over 100 columns, and no line of code", () => {
    const text = `// ${"x".repeat(97)}\n  // ${"x".repeat(96)}\nconst text = "${"x".repeat(100)}";\n`;
    expect(proseProblems("scripts/a.mjs", text)).toEqual([
      { line: 2, message: "the comment has 101 columns, and may have 100" },
    ]);
  });
});
