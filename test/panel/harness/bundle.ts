import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { type BuildOptions, build } from "esbuild";
import { onDemandScripts, panelOptions } from "../../../build/panel.mjs";
import { root } from "../../../scripts/paths.ts";

/** A page's scripts as the build makes them, by their names: `<name>.js` and its parts. */
export async function bundlePage(entry: string, name: string, options: BuildOptions): Promise<Record<string, string>> {
  const { outputFiles = [] } = await build({
    ...options,
    entryPoints: [{ in: join(root, entry), out: name }],
    absWorkingDir: root,
    outdir: "dist",
    bundle: true,
    alias: { "@vscode/l10n": "@vscode/l10n/dist/browser.js" },
    write: false,
    legalComments: "none",
    logLevel: "warning",
  });
  return Object.fromEntries(outputFiles.map(({ path, text }) => [basename(path), text]));
}

/** The scripts of the panel's page. */
export async function bundlePanel(): Promise<Record<string, string>> {
  const page = { entry: "src/panel/main.ts", name: "panel", options: panelOptions };
  const scripts = [page, ...onDemandScripts].map(({ entry, name, options }) => bundlePage(entry, name, options));
  return Object.assign({}, ...(await Promise.all(scripts)));
}

/** Codicons, under the names the page has beside its script. */
export async function codicons(): Promise<Record<"codicon.css" | "codicon.ttf", Buffer>> {
  const folder = join(root, "node_modules/@vscode/codicons/dist");
  const [css, ttf] = await Promise.all([readFile(join(folder, "codicon.css")), readFile(join(folder, "codicon.ttf"))]);
  return { "codicon.css": css, "codicon.ttf": ttf };
}
