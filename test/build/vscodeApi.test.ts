import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { root } from "../../scripts/paths.ts";

test("Each bundle requires VS Code's API at most once, since each time costs file accesses", async () => {
  const names = (await readdir(join(root, "dist"))).filter((name) => name.endsWith(".js"));
  const counts = new Map<string, number>();
  for (const name of names) {
    const text = await readFile(join(root, "dist", name), "utf8");
    counts.set(name, text.match(/\brequire\("vscode"\)/g)?.length ?? 0);
  }
  expect([...counts].filter(([, count]) => count > 1)).toEqual([]);
  expect(counts.get("extension.js")).toBe(1);
  expect(counts.get("limn.js")).toBe(1);
});
