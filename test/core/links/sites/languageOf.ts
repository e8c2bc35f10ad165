/** VS Code's identifiers of the languages of the files in these tests, by extension. */
const languages: Readonly<Record<string, string>> = {
  ...{ md: "markdown", mdx: "mdx", html: "html", php: "php", vue: "vue", svelte: "svelte", astro: "astro" },
  ...{ jsx: "javascriptreact", tsx: "typescriptreact", js: "javascript", ts: "typescript" },
  ...{ css: "css", rst: "restructuredtext" },
};

/** VS Code's identifier of the language of a file. */
export const languageOf = (path: string): string => languages[path.split(".").at(-1) ?? ""] ?? "plaintext";
