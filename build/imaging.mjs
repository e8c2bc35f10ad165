import { copyFile, mkdir } from "node:fs/promises";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";

const require = createRequire(import.meta.url);
// `exports` of both packages hides their inner files, so the folders are found by what they export.
const sharpFolder = dirname(require.resolve("sharp"));
const wasmFolder = dirname(require.resolve("@img/sharp-wasm32/package"));
const { version } = require("@img/sharp-wasm32/package");
const wasmGlue = join(wasmFolder, "lib", `sharp-wasm32-${version}.node.js`);

/** The rows of the build table for the image process and for sharp's wasm build. */
export function imagingBundles() {
  return [
    {
      name: "imaging-process.js",
      entry: "src/imaging/imagingProcess.ts",
      external: [],
      plugins: [sharpFromWasm()],
      forbidden: [/^vscode$/, /node_modules\/undici\//, /^(test|src\/(panel|host|sandbox))\//],
      budget: 500_000,
    },
    {
      // A separate file, since its threads start `new Worker(__filename)`.
      name: "sharp-wasm32.cjs",
      entry: wasmGlue,
      external: [],
      plugins: [],
      forbidden: [/^vscode$/],
      budget: 300_000,
    },
  ];
}

/** Makes sharp load its wasm build, the only one in the extension: it runs on every platform. */
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
      // sharp needs these only when it is compiled from source; it tries and catches.
      build.onResolve({ filter: /^@img\/sharp-libvips/ }, ({ path }) => ({ path, external: true }));
    },
  };
}

/**
 * Copies the .wasm file into the folder of its loader, which expects it there under its own name.
 * Returns the path of the copy.
 */
export async function copyWasm(folder) {
  const wasm = wasmGlue.replace(/\.js$/, ".wasm");
  const copy = join(folder, basename(wasm));
  await mkdir(folder, { recursive: true });
  await copyFile(wasm, copy);
  return copy;
}
