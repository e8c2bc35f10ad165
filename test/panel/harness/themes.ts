import themesFile from "./themes.json" with { type: "json" };

/** The four kinds of theme VS Code has. */
export type Theme = "dark" | "light" | "hc-dark" | "hc-light";

/** Their names, for tests that go through all. */
export const themes: readonly Theme[] = ["dark", "light", "hc-dark", "hc-light"];

/** VS Code's own style sheet of each webview. */
export const defaultStyle = themesFile.defaults;

/**
 * All variables that were looked for when the themes were captured, whether VS Code defines them or
 * not.
 */
export const knownVariables: ReadonlySet<string> = new Set([
  ...themesFile.undefined,
  ...themes.flatMap((theme) => Object.keys(themesFile.themes[theme].variables)),
]);

/** Classes VS Code gives `body` in that theme. */
export const bodyClass = (theme: Theme): string => themesFile.themes[theme].body;

/**
 * The style VS Code gives each webview in that theme; the side bar's own background is painted
 * behind the page.
 */
export function themeStyle(theme: Theme): string {
  const variables = Object.entries(themesFile.themes[theme].variables).map(([name, value]) => `${name}: ${value};`);
  return `html { ${variables.join("\n")} background: var(--vscode-sideBar-background); }\n${defaultStyle}`;
}
