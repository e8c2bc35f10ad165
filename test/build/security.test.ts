import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { root } from "../../scripts/paths.ts";

test("every test that SECURITY.md names exists", () => {
  const named = [...readFileSync(`${root}/SECURITY.md`, "utf8").matchAll(/`((?:test|scripts)\/[\w./-]+)`/g)].map(
    ([, path = ""]) => path,
  );
  expect(named.length).toBeGreaterThan(20);
  expect(named.filter((path) => !existsSync(`${root}/${path}`))).toEqual([]);
});
