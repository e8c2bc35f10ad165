import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

const declarations = createRequire(import.meta.url).resolve("@types/vscode/index.d.ts");

/** A declaration of the module that exists when it runs: no interface and no type. */
const declared = /^\t(?:export )?(?:class|const|enum|function|namespace) (\w+)/gm;

let names;

/** Their names, read once. */
async function readNames() {
  names ??= readFile(declarations, "utf8").then(
    (text) => new Set(Array.from(text.matchAll(declared), ([, name]) => name)),
  );
  return await names;
}

/**
 * Lets all modules of a bundle share one `require("vscode")`. esbuild writes one for each module
 * that imports it, and VS Code resolves the real path of the file at each of them, which takes 0.05
 * ms: a tenth of loading dist/limn.js. Names that no module imports are left out.
 */
export function vscodeApi() {
  const namespace = "vscode-api";
  return {
    name: namespace,
    setup(build) {
      build.onResolve({ filter: /^vscode$/ }, (imported) =>
        imported.namespace === namespace ? { path: "vscode", external: true } : { path: "vscode", namespace },
      );
      build.onLoad({ filter: /^vscode$/, namespace }, async () => {
        const exported = [...(await readNames())].map(
          (name) => `export const ${name} = /* @__PURE__ */ get("${name}");`,
        );
        return {
          contents: ['const api = require("vscode");', "const get = (name) => api[name];", ...exported].join("\n"),
        };
      });
    },
  };
}
