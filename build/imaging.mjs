import { copyFile, mkdir } from "node:fs/promises";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";

const require = createRequire(import.meta.url);
// `exports` of both packages hides their inner files, so the folders are found by what they export.
const sharpFolder = dirname(require.resolve("sharp"));
const wasmFolder = dirname(require.resolve("@img/sharp-wasm32/package"));
const { version } = require("@img/sharp-wasm32/package");
const wasmGlue = join(wasmFolder, "lib", `sharp-wasm32-${version}.node.js`);
const encoderWasm = require.resolve("@jsquash/webp/codec/enc/webp_enc_simd.wasm");

/** The rows of the build table for the image process and for sharp's wasm build. */
export function imagingBundles() {
  return [
    {
      name: "imaging-process.js",
      entry: "src/imaging/imagingProcess.ts",
      external: [],
      plugins: [sharpFromWasm(), encoderFromCopy()],
      forbidden: [/^vscode$/, /node_modules\/undici\//, /^(test|src\/(panel|host|sandbox))\//],
      budget: 500_000,
    },
    {
      // A separate file, since its threads start `new Worker(__filename)`.
      name: "sharp-wasm32.cjs",
      entry: wasmGlue,
      external: [],
      plugins: [threadsCollectGarbage()],
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

/** Puts Limn's code before that of the library, which each of its threads loads. */
function threadsCollectGarbage() {
  return {
    name: "threads-collect-garbage",
    setup(build) {
      build.initialOptions.inject = ["src/imaging/libraryThread.ts"];
    },
  };
}

/** Lets the process find the copy of the WebP encoder beside its bundle. */
function encoderFromCopy() {
  return {
    name: "encoder-from-copy",
    setup(build) {
      // The encoder's loader asks for its own address, which it does not need here.
      build.initialOptions.logOverride = { "empty-import-meta": "silent" };
      build.onLoad({ filter: /[\\/]imaging[\\/]encoderFile\.ts$/ }, () => ({
        contents: `export const encoderFile = require("node:path").join(__dirname, "${basename(encoderWasm)}");`,
        loader: "js",
      }));
    },
  };
}

/**
 * Copies the .wasm files into the folder of their loaders, which expect them there under their own
 * names. Returns the paths of the copies.
 */
export async function copyWasm(folder) {
  await mkdir(folder, { recursive: true });
  return Promise.all(
    [wasmGlue.replace(/\.js$/, ".wasm"), encoderWasm].map(async (wasm) => {
      const copy = join(folder, basename(wasm));
      await copyFile(wasm, copy);
      return copy;
    }),
  );
}
