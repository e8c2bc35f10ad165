import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { build } from "esbuild";
import { pageOptions } from "../../../build/panel.mjs";
import { root } from "../../../scripts/paths.ts";

/** A page's script as the build makes it, the panel's by default. */
export async function bundlePage(entry = "src/panel/main.ts"): Promise<string> {
  const { outputFiles } = await build({
    ...pageOptions,
    entryPoints: [join(root, entry)],
    absWorkingDir: root,
    bundle: true,
    alias: { "@vscode/l10n": "@vscode/l10n/dist/browser.js" },
    write: false,
    legalComments: "none",
    logLevel: "warning",
  });
  return outputFiles[0]?.text ?? "";
}

/** Codicons, under the names the page has beside its script. */
export async function codicons(): Promise<Record<"codicon.css" | "codicon.ttf", Buffer>> {
  const folder = join(root, "node_modules/@vscode/codicons/dist");
  const [css, ttf] = await Promise.all([readFile(join(folder, "codicon.css")), readFile(join(folder, "codicon.ttf"))]);
  return { "codicon.css": css, "codicon.ttf": ttf };
}
