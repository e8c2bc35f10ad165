import { lightTableOptions } from "../../../build/panel.mjs";
import { bundlePage, bundlePanel } from "./bundle.ts";

/** What the tests paint behind the pages. */
const backgrounds = ["--vscode-sideBar-background", "--vscode-editor-background"];

/** The names of VS Code's variables that a text of style sheets or scripts uses. */
const variablesIn = (text: string): string[] => text.match(/--(vscode|monaco|text)-[\w-]+/g) ?? [];

/**
 * All of VS Code's variables that the pages name, and those of `defaults`, VS Code's own style
 * sheet of each webview.
 */
export async function usedVariables(defaults: string): Promise<Set<string>> {
  const bundles = await Promise.all([
    bundlePanel(),
    bundlePage("src/lightTable/main.ts", "lightTable", lightTableOptions),
  ]);
  const scripts = bundles.flatMap((bundle) => Object.values(bundle));
  return new Set([...backgrounds, ...variablesIn(defaults), ...scripts.flatMap(variablesIn)]);
}
