import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { root } from "../../scripts/paths.ts";

test("docs/first-minutes.md has exactly the tasks whose actions are counted", () => {
  const page = readFileSync(`${root}/docs/first-minutes.md`, "utf8");
  const code = readFileSync(`${root}/test/e2e/firstMinutes.test.ts`, "utf8");
  const rows = [...page.matchAll(/^\| ([^|]+) \| \d+: [^|]+ \| \d+: [^|]+ \|$/gmu)].map(([, task]) => task);
  const titles = [...code.matchAll(/^it\("([^"]+)"/gmu)].map(([, title]) => title);
  expect(titles.length).toBeGreaterThan(7);
  expect(rows).toEqual(titles);
});
