import { globSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { root } from "../../scripts/paths.ts";

/** The file that names everything Limn stores. */
const namesFile = "src/host/storage/storagePaths.ts";

const others = globSync("src/{host,extension.ts,limn.ts}{,/**/*.ts}", { cwd: root })
  .filter((path) => path.endsWith(".ts") && path !== namesFile)
  .map((path) => ({ path, text: readFileSync(`${root}/${path}`, "utf8") }));

/**
 * A path below the storage folder, a file of Limn's own in any folder, or a key of VS Code's
 * stores, made in place.
 */
const namesInPlace = [
  /\bjoin\(\s*(?:storage|globalStorageUri)\b/u,
  /["'`]\.limn[-/]/u,
  /\b(?:globalState|workspaceState|state)\s*\.(?:get|update)\(\s*["'`]/u,
];

describe("The names of what Limn stores", () => {
  test("are all in one file", () => {
    expect(others.length).toBeGreaterThan(100);
    const found = others.flatMap(({ path, text }) =>
      namesInPlace.flatMap((pattern) => (pattern.test(text) ? [`${path}: ${pattern.exec(text)?.[0]}`] : [])),
    );
    expect(found).toEqual([]);
  });
});
