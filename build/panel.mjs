import { copyFile, mkdir } from "node:fs/promises";
import { join, parse, resolve } from "node:path";

/** The package the icons come from. */
export const iconPackage = "node_modules/@vscode/codicons";

const iconFiles = [
  ["dist/codicon.css", "codicon.css"],
  ["dist/codicon.ttf", "codicon.ttf"],
  ["LICENSE", "codicon-LICENSE.txt"],
];

/**
 * esbuild's options for all scripts of pages.
 * @type {{ platform: "browser"; format: "esm"; target: string }}
 */
export const pageOptions = { platform: "browser", format: "esm", target: "chrome138" };

/**
 * esbuild's options for the light table's page, which loads the crop when the user asks for it.
 * @type {import("esbuild").BuildOptions}
 */
export const lightTableOptions = {
  ...pageOptions,
  splitting: true,
  chunkNames: "lightTable-[name]",
};

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
 * Turns `import("./onDemand.ts")` into a load of dist/panel-onDemand.js, and so on. As a part of
 * panel.js it would share code with the other parts, in one more file that the page would load at
 * its start.
 * @type {import("esbuild").Plugin}
 */
const panelOnDemand = {
  name: "panel-on-demand",
  setup(build) {
    build.onResolve({ filter: /\/(onDemand|copyImage)\.ts$/ }, ({ kind, path }) =>
      kind === "dynamic-import" ? { path: `./panel-${parse(path).name}.js`, external: true } : undefined,
    );
  },
};

/** Modules that panel-belowForm.js exports, see src/panel/sheet/sharedWithOnDemand.ts. */
const sharedModules = [
  "src/core/money/usd.ts",
  "src/core/text/formatName.ts",
  "src/core/sheet/manyPictures.ts",
  "src/core/text/invisibleCharacters.ts",
  "src/panel/shared/focusedElement.ts",
  "src/panel/shared/modifierKey.ts",
  "src/panel/sheet/actions.ts",
].map((path) => resolve(import.meta.dirname, "..", path));

/**
 * Lets panel-onDemand.js use what the page has already.
 * @type {import("esbuild").Plugin}
 */
const sharedByPanel = {
  name: "shared-by-panel",
  setup(build) {
    build.onResolve({ filter: /./ }, ({ path, resolveDir }) =>
      /^lit($|\/)/.test(path) || path === "@vscode/l10n" || sharedModules.includes(resolve(resolveDir, path))
        ? { path: "./panel-belowForm.js", external: true }
        : undefined,
    );
  },
};

/**
 * esbuild's options for the panel's page, whose form is shown while the rest is loaded. Its HTML
 * names the parts that the form needs, so they have no hash; esbuild refuses two parts of one name.
 * @type {import("esbuild").BuildOptions}
 */
export const panelOptions = {
  ...pageOptions,
  splitting: true,
  chunkNames: "panel-[name]",
  plugins: [noDefaultLayout, panelOnDemand],
};

/**
 * The scripts that the panel's page loads when the user asks for what is in them.
 * @type {{ name: string; entry: string; options: import("esbuild").BuildOptions }[]}
 */
export const onDemandScripts = [
  {
    name: "panel-onDemand",
    entry: "src/panel/sheet/onDemand.ts",
    options: { ...pageOptions, plugins: [panelOnDemand, sharedByPanel] },
  },
  { name: "panel-copyImage", entry: "src/panel/sheet/copyImage.ts", options: { ...pageOptions, plugins: [] } },
];

/** The rows of the build table for the panel's page, which runs in a webview. */
export function panelBundles() {
  return [
    {
      name: "panel.js",
      entry: "src/panel/main.ts",
      options: panelOptions,
      external: [],
      plugins: panelOptions.plugins,
      forbidden: [/^vscode$/, /node_modules\/zod\//, /^(test|src\/(host|imaging|sandbox))\//, /^src\/[\w-]+\.ts$/],
      budget: 183_000,
      laterBudget: 188_500,
    },
    ...onDemandScripts.map((script) => ({
      ...script,
      name: `${script.name}.js`,
      external: [],
      plugins: script.options.plugins,
      // A second copy of lit would not be allowed to make its policy of trusted types.
      forbidden: [/node_modules\//, /^(test|src\/(?!panel\/sheet\/|webview\/copyPng))/],
      budget: script.name === "panel-copyImage" ? 2_000 : 15_000,
    })),
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
