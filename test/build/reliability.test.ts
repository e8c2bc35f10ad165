import { globSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { describe, expect, test } from "vitest";
import { root } from "../../scripts/paths.ts";
import { faults } from "../support/faults/all.ts";

const page = readFileSync(`${root}/docs/reliability.md`, "utf8");

/** The rows of the table under a heading as cells, without the head. */
function rowsUnder(heading: string): readonly (readonly string[])[] {
  const [, section = ""] = page.split(`## ${heading}\n`);
  const lines =
    section
      .split(/^## /m)[0]
      ?.split("\n")
      .filter((line) => line.startsWith("| ")) ?? [];
  return lines.slice(2).map((line) => line.slice(2, -2).split(" | "));
}

const [injected, others] = [rowsUnder("Faults on the way"), rowsUnder("Other faults")];

/** The text of each test file by name; files with the same name are joined. */
const testFiles = new Map<string, string>();
for (const path of globSync("test/{core,storage,host,imaging,panel,e2e,build}/**/*.test.ts", { cwd: root })) {
  const others = testFiles.get(basename(path)) ?? "";
  testFiles.set(basename(path), `${others}${readFileSync(`${root}/${path}`, "utf8")}`);
}

/** The tests that a cell names: file and title. */
const testsIn = (cell: string) =>
  [...cell.matchAll(/`([\w.]+)`(?: “(.+?)”(?=;|$))?/g)].map(([, file = "", title = ""]) => ({ file, title }));

describe("The page on reliability", () => {
  test("has exactly one row for each injected fault", () => {
    expect(injected.map(([fault]) => fault)).toEqual(Object.keys(faults));
  });

  test.each([...injected, ...others])("names only existing tests: %s", (_, promise, cell = "") => {
    expect(promise).toBeTruthy();
    const named = testsIn(cell);
    expect(named.length).toBeGreaterThan(0);
    for (const { file, title } of named) {
      expect({ file, title, isThere: testFiles.get(file)?.includes(title) }).toEqual({ file, title, isThere: true });
    }
  });
});
