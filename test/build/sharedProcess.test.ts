import { globSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { root } from "../../scripts/paths.ts";
import { isolated } from "../../vitest.config.mts";

const helpers = "test/{core,compare,fuzz,panel,imaging,sandbox,storage,support,build}/**/*.ts";
const filesWith = (pattern: RegExp, files: readonly string[]) =>
  files.filter((file) => pattern.test(readFileSync(`${root}/${file}`, "utf8"))).sort();

describe("unit tests, whose files share a process,", () => {
  const files = globSync(helpers, { cwd: root });
  const isTest = (file: string) => file.endsWith(".test.ts");

  test("replace modules only in isolated files", () => {
    const replacing = filesWith(/^\s*vi\.(?:do)?[mM]ock\(/mu, files);
    expect(replacing).toEqual(isolated);
  });

  test("leave the decoding to the image process, whose code blocks formats in the process that loads it", () => {
    const loading = filesWith(
      /^(?!import type).*src\/imaging\/(?:draw|exportPicture|opacity|openImage|preview|shrink)\.ts"/mu,
      files,
    );
    expect(loading).toEqual([]);
  });

  test("register no hook when a helper is loaded, since that happens once for all files", () => {
    const withHooks = filesWith(
      /^(?:before|after)(?:All|Each)\(/mu,
      files.filter((file) => !isTest(file)),
    );
    expect(files.length).toBeGreaterThan(150);
    expect(withHooks).toEqual(["test/support/e2e/screenshotOnFailure.ts"]);
  });
});
