import { createRequire } from "node:module";
import { build } from "esbuild";
import { expect, test } from "vitest";
import { sourcePositions } from "../support/host/sourcePositions.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

const require = createRequire(import.meta.url);

const source = `import assert from "node:assert/strict";

export function run(): void {
  assert.equal(1, 2);
}
`;

test("The stack of a failed host test names lines of the TypeScript sources, not of the bundle", async () => {
  const folder = await temporaryFolder();
  try {
    const bundle = `${folder.path}/cache/host.js`;
    await build({
      stdin: { contents: source, loader: "ts", sourcefile: `${folder.path}/test/host/a.test.ts` },
      outfile: bundle,
      bundle: true,
      platform: "node",
      format: "cjs",
      sourcemap: "inline",
    });
    const { stack } = catchError(require(bundle).run);
    expect(stack).toContain(`${bundle}:`);
    const toSources = sourcePositions(bundle, folder.path);
    expect(toSources(stack)).toContain("at run (test/host/a.test.ts:4:10)");
    expect(toSources(stack)).not.toContain(bundle);
    // As Mocha shortens it.
    expect(toSources(stack.replaceAll(`${folder.path}/`, ""))).toContain("at run (test/host/a.test.ts:4:10)");
    expect(toSources(`${bundle}: other.js:1:2`)).toBe(`${bundle}: other.js:1:2`);
  } finally {
    await folder.remove();
  }
});

function catchError(run: () => void): { readonly stack: string } {
  try {
    run();
  } catch (error) {
    if (error instanceof Error) return { stack: error.stack ?? "" };
  }
  throw new Error("Nothing was thrown.");
}
