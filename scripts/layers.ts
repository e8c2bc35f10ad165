// node scripts/layers.ts: fails if a file imports a file of a layer that its own layer may not use,
// and if imports form a cycle.
//
// docs/architecture.md explains the layers. Biome checks packages (biome.json), and the build
// checks bundles (esbuild.mjs).
import { forbiddenImports, importCycles } from "./importRules.ts";
import { root } from "./paths.ts";
import { readSourceFiles } from "./sourceFiles.ts";

const files = readSourceFiles(root, "{src,scripts,test,build}/**/*.{ts,mts,mjs,js}", "*.{mjs,mts}");
const problems = [...forbiddenImports(files), ...importCycles(files)];
if (problems.length > 0) {
  process.stderr.write(`${problems.join("\n")}\nSee “Layers” in docs/architecture.md.\n`);
  process.exitCode = 1;
}
