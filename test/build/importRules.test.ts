import { describe, expect, test } from "vitest";
import { forbiddenImports, importCycles } from "../../scripts/importRules.ts";
import { parseSourceFile } from "../../scripts/sourceFiles.ts";

const parse = (files: Readonly<Record<string, string>>) =>
  Object.entries(files).map(([path, text]) => parseSourceFile(path, text));

describe("the check of imports", () => {
  test.each([
    'import { b } from "../host/b.ts";',
    'import type { B } from "../host/b.ts";',
    'export { b } from "../host/b.ts";',
    'import "../host/b.ts";',
    'const { b } = await import("../host/b.ts");',
    'type B = import("../host/b.ts").B;',
  ])("finds a forbidden layer in %s", (text) => {
    expect(forbiddenImports(parse({ "src/core/a.ts": text }))).toEqual([
      "src/core/a.ts imports src/host/b.ts, but src/core must not use src/host.",
    ]);
  });

  test("allows imports of the own layer and of those in the table, and all to tests", () => {
    const text = 'import { b } from "./b.ts"; import { c } from "../core/c.ts";';
    expect(forbiddenImports(parse({ "src/host/a.ts": text }))).toEqual([]);
    expect(forbiddenImports(parse({ "test/a.ts": 'import { b } from "../src/host/b.ts";' }))).toEqual([]);
  });

  test.each([
    ['import { c } from "./c.ts";', 'import { b } from "./b.ts";'],
    ['import type { C } from "./c.ts";', 'export type { B } from "./b.ts";'],
    ['type C = import("./c.ts").C;', 'type B = import("./b.ts").B;'],
    ['const c = import("./c.ts");', 'import type { B } from "./b.ts";'],
  ])("finds the cycle of %s and %s", (b, c) => {
    const files = parse({ "src/core/a.ts": 'import "./b.ts";', "src/core/b.ts": b, "src/core/c.ts": c });
    expect(importCycles(files)).toEqual(["The imports form a cycle: src/core/b.ts → src/core/c.ts → src/core/b.ts."]);
  });

  test("finds a file that imports itself, and a long cycle", () => {
    expect(importCycles(parse({ "src/a.ts": 'import { a } from "./a.ts";' }))).toHaveLength(1);
    const long = parse({
      "src/a.ts": 'import "./b.ts";',
      "src/b.ts": 'import "./c.ts";',
      "src/c.ts": 'import "./a.ts";',
    });
    expect(importCycles(long)).toEqual(["The imports form a cycle: src/a.ts → src/b.ts → src/c.ts → src/a.ts."]);
  });

  test("finds no cycle in two ways to the same file", () => {
    const files = { "src/a.ts": 'import "./b.ts";\nimport "./c.ts";', "src/b.ts": 'import "./c.ts";', "src/c.ts": "" };
    expect(importCycles(parse(files))).toEqual([]);
  });
});
