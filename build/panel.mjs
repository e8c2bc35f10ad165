import { copyFile, mkdir } from "node:fs/promises";
import { join } from "node:path";

/** The package the icons come from. */
export const iconPackage = "node_modules/@vscode/codicons";

const iconFiles = [
  ["dist/codicon.css", "codicon.css"],
  ["dist/codicon.ttf", "codicon.ttf"],
  ["LICENSE", "codicon-LICENSE.txt"],
];

/**
 * esbuild's options for the script of a page. The tests of the pages use them too.
 * @type {{ platform: "browser"; format: "iife"; target: string }}
 */
export const pageOptions = { platform: "browser", format: "iife", target: "chrome138" };

/**
 * The virtualizer imports its default layout by `import()` if it is given none. The panel gives it
 * one, so that import never runs, and must not become one more part.
 * @type {import("esbuild").Plugin}
 */
const noDefaultLayout = {
  name: "no-default-layout",
  setup(build) {
    build.onResolve({ filter: /\/layouts\/flow\.js$/ }, ({ kind, path }) =>
      kind === "dynamic-import" ? { path, external: true } : undefined,
    );
  },
};

/**
 * esbuild's options for the panel's page, whose form is shown while the rest is loaded. The page
 * loads all parts at once, so their names have no hash; esbuild refuses two parts of one name.
 * @type {import("esbuild").BuildOptions}
 */
export const panelOptions = {
  ...pageOptions,
  format: "esm",
  splitting: true,
  chunkNames: "panel-[name]",
  plugins: [noDefaultLayout],
};

/** The row of the build table for the panel's page, which runs in a webview. */
export function panelBundles() {
  return [
    {
      name: "panel.js",
      entry: "src/panel/main.ts",
      options: panelOptions,
      external: [],
      plugins: panelOptions.plugins,
      forbidden: [/^vscode$/, /node_modules\/zod\//, /^(test|src\/(host|imaging|sandbox))\//, /^src\/[\w-]+\.ts$/],
      budget: 190_000,
      laterBudget: 180_000,
    },
  ];
}

/** Copies the icons (codicons, CC BY 4.0) and their licence. Returns the paths of the copies. */
export async function copyCodicons(to) {
  await mkdir(to, { recursive: true });
  return await Promise.all(
    iconFiles.map(async ([from, name]) => {
      const copy = join(to, name);
      await copyFile(join(iconPackage, from), copy);
      return copy;
    }),
  );
}
