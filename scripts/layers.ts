// node scripts/layers.ts: fails if a file imports a file of a layer that its own layer may not use.
//
// docs/architecture.md explains the layers. Biome checks packages (biome.json), and the build
// checks bundles (esbuild.mjs).
import { root } from "./paths.ts";
import { layerOf, readSourceFiles } from "./sourceFiles.ts";

/** The layers that each layer may import, types included. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  "src/core": [],
  "src/protocol.ts": ["src/protocol"],
  "src/protocol": ["src/core"],
  "src/imaging": ["src/core"],
  "src/sandbox": ["src/core", "src/imaging"],
  "src/webview": ["src/core", "src/protocol.ts"],
  "src/panel": ["src/core", "src/protocol.ts", "src/webview"],
  "src/compare": ["src/core", "src/protocol.ts", "src/webview"],
  "src/host": ["src/core", "src/protocol.ts", "src/imaging", "src/sandbox"],
  "src/limn.ts": ["src/core", "src/protocol.ts", "src/imaging", "src/host"],
  "src/extension.ts": ["src/core", "src/host", "src/limn.ts"],
  scripts: ["esbuild.mjs", "src/core"],
};

const files = readSourceFiles(root, "src/**/*.ts", "scripts/**/*.{ts,mjs}");
const forbidden = files.flatMap(({ path, imports }) =>
  imports
    .filter((imported) => {
      const [from, to] = [layerOf(path), layerOf(imported)];
      return from !== to && !(allowed[from] ?? []).includes(to);
    })
    .map((imported) => `${path} imports ${imported}, but ${layerOf(path)} must not use ${layerOf(imported)}.`),
);
if (forbidden.length > 0) {
  process.stderr.write(`${forbidden.join("\n")}\nSee “Layers” in docs/architecture.md.\n`);
  process.exitCode = 1;
}
