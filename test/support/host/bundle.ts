import { globSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { type BuildResult, build, type Plugin } from "esbuild";
import { root } from "../../../scripts/paths.ts";

/**
 * Bundles test/host into a CommonJS file that exports `run()`. `filters` select test files by a
 * part of their path.
 * @throws Error if no file matches.
 */
export async function bundleHostTests(outfile: string, filters: readonly string[]): Promise<BuildResult> {
  const files = globSync("test/host/**/*.test.ts", { cwd: root })
    .filter((file) => filters.length === 0 || filters.some((filter) => file.includes(filter)))
    .sort();
  if (files.length === 0) throw new Error(`No host test matches ${filters.join(", ")}.`);
  return await build({
    absWorkingDir: root,
    entryPoints: ["test/host/index.ts"],
    outfile,
    bundle: true,
    platform: "node",
    format: "cjs",
    target: "node22",
    // Mocha loads parts of itself by name, so it stays in node_modules. The bundle is below the
    // root folder and finds it there.
    external: ["vscode", "mocha"],
    supported: { "dynamic-import": false },
    // A CommonJS bundle has no `import.meta.url`. The modules that use it are all in scripts/.
    define: { "import.meta.url": JSON.stringify(pathToFileURL(`${root}/scripts/guardedChild.ts`).href) },
    sourcemap: "inline",
    logLevel: "warning",
    plugins: [testFiles(files)],
  });
}

/** The module `virtual:host-tests`: imports the test files in the order of their paths. */
function testFiles(files: readonly string[]): Plugin {
  return {
    name: "host-tests",
    setup(build) {
      build.onResolve({ filter: /^virtual:host-tests$/ }, ({ path }) => ({ path, namespace: "host-tests" }));
      build.onLoad({ filter: /.*/, namespace: "host-tests" }, () => ({
        contents: `export async function loadTests() {\n${files.map((file) => `await import(${JSON.stringify(`./${file}`)});`).join("\n")}\n}`,
        resolveDir: root,
      }));
    },
  };
}
