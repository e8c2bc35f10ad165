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

/** The row of the build table for the panel's page, which runs in a webview. */
export function panelBundles() {
  return [
    {
      name: "panel.js",
      entry: "src/panel/main.ts",
      options: pageOptions,
      external: [],
      plugins: [],
      forbidden: [/^vscode$/, /node_modules\/zod\//, /^(test|src\/(host|imaging|sandbox))\//, /^src\/[\w-]+\.ts$/],
      budget: 350_000,
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
