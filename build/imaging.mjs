import { copyFile, mkdir } from "node:fs/promises";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";

const require = createRequire(import.meta.url);
// Both packages hide their inner files behind `exports`, so the way goes over what they do export.
const sharpFolder = dirname(require.resolve("sharp"));
const wasmFolder = dirname(require.resolve("@img/sharp-wasm32/package"));
const { version } = require("@img/sharp-wasm32/package");
const wasmGlue = join(wasmFolder, "lib", `sharp-wasm32-${version}.node.js`);

/**
 * The rows of the build table that make the imaging worker: the worker itself, and sharp's wasm
 * build beside it.
 */
export function imagingBundles() {
  return [
    {
      name: "imaging-worker.js",
      entry: "src/imaging/worker.ts",
      external: [],
      plugins: [sharpFromWasm()],
      forbidden: [/^vscode$/, /node_modules\/undici\//, /^(test|src\/(panel|host|sandbox))\//],
      budget: 500_000,
    },
    {
      // A file of its own: its threads start `new Worker(__filename)`.
      name: "sharp-wasm32.cjs",
      entry: wasmGlue,
      external: [],
      plugins: [],
      forbidden: [/^vscode$/],
      budget: 300_000,
    },
  ];
}

/**
 * sharp looks for a native build first; the extension ships only the wasm one, which runs
 * everywhere.
 */
function sharpFromWasm() {
  return {
    name: "sharp-from-wasm",
    setup(build) {
      build.onResolve({ filter: /^sharp$/ }, () => ({ path: join(sharpFolder, "index.cjs") }));
      build.onLoad({ filter: /[\\/]sharp[\\/]dist[\\/]sharp\.cjs$/ }, () => ({
        contents: 'module.exports = require("./sharp-wasm32.cjs");',
        loader: "js",
      }));
      build.onResolve({ filter: /^\.\/sharp-wasm32\.cjs$/ }, ({ path }) => ({ path, external: true }));
      // Only looked for when sharp is compiled from source; the `require`s stand in try blocks.
      build.onResolve({ filter: /^@img\/sharp-libvips/ }, ({ path }) => ({ path, external: true }));
    },
  };
}

/**
 * Puts the .wasm beside the glue, which looks for it there under the name it has in the package;
 * gives the path of the copy.
 */
export async function copyWasm(folder) {
  const wasm = wasmGlue.replace(/\.js$/, ".wasm");
  const copy = join(folder, basename(wasm));
  await mkdir(folder, { recursive: true });
  await copyFile(wasm, copy);
  return copy;
}
