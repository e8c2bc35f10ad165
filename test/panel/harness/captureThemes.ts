// Reads what VS Code gives a webview in each of its four kinds of theme, and writes themes.json
// beside this file:
//
//   node_modules/.bin/node test/panel/harness/captureThemes.ts
//
// To be run when formRules.test.ts says that the pages use a variable that was not captured. Of VS
// Code's 900 variables, only those are written down that the pages use.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { openWorkbench } from "../../support/e2e/workbench.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";
import { usedVariables } from "./usedVariables.ts";

const colorThemes = {
  dark: "Default Dark Modern",
  light: "Default Light Modern",
  "hc-dark": "Default High Contrast",
  "hc-light": "Default High Contrast Light",
} as const;

/**
 * Opens a picture in VS Code's own viewer, which is a webview, and reads what VS Code put into it.
 */
async function capture(extensions: string, colorTheme: string) {
  const workbench = await openWorkbench(extensions, { settings: { "workbench.colorTheme": colorTheme } });
  try {
    await workbench.openFile("images/ridge.jpg");
    return await workbench
      .webview()
      .locator("html[style]")
      .evaluate((html) => ({
        variables: [...html.style].map((name) => [name, html.style.getPropertyValue(name).trim()] as const),
        body: [...(html.querySelector("body")?.classList ?? [])].filter((name) => name.startsWith("vscode-")).join(" "),
        defaults: html.querySelector("#_defaultStyles")?.textContent ?? "",
      }));
  } finally {
    await workbench.close();
  }
}

const extensions = await temporaryFolder();
const captured = new Map<string, Awaited<ReturnType<typeof capture>>>();
for (const [name, colorTheme] of Object.entries(colorThemes)) {
  captured.set(name, await capture(extensions.path, colorTheme));
}
await extensions.remove();

const defaults = captured.get("dark")?.defaults ?? "";
const used = await usedVariables(defaults);
const defined = new Set([...captured.values()].flatMap(({ variables }) => variables.map(([name]) => name)));
const themes = [...captured].map(([theme, { body, variables }]) => [
  theme,
  { body, variables: Object.fromEntries(variables.filter(([name]) => used.has(name)).sort()) },
]);
const file = {
  defaults,
  // Used by the pages, with a fallback, and defined by none of the four themes.
  undefined: [...used].filter((name) => !defined.has(name)).sort(),
  themes: Object.fromEntries(themes),
};
await writeFile(join(import.meta.dirname, "themes.json"), `${JSON.stringify(file, undefined, 2)}\n`);
