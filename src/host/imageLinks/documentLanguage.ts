import type { TextDocument, Uri } from "vscode";

/** Languages of files with image links, by their extensions. */
const languageByExtension: Readonly<Record<string, string>> = {
  ...{ md: "markdown", markdown: "markdown", mdown: "markdown", mkd: "markdown", mdwn: "markdown", mdx: "mdx" },
  ...{ html: "html", htm: "html", xhtml: "html", php: "php", hbs: "handlebars", handlebars: "handlebars" },
  ...{ erb: "html", ejs: "html", njk: "html", liquid: "html", twig: "html", jinja: "html", j2: "html" },
  ...{ vue: "vue", svelte: "svelte", astro: "astro" },
  ...{ js: "javascript", mjs: "javascript", cjs: "javascript", jsx: "javascriptreact" },
  ...{ ts: "typescript", mts: "typescript", cts: "typescript", tsx: "typescriptreact" },
  ...{ css: "css", scss: "scss", sass: "sass", less: "less" },
  ...{ rst: "restructuredtext", adoc: "asciidoc", asciidoc: "asciidoc", tex: "latex" },
};

/** The extensions of files that may have image links. */
export const linkedExtensions: readonly string[] = Object.keys(languageByExtension);

/** VS Code's identifier of the language of a file, by its name. */
export const languageOfFile = ({ path }: Uri): string | undefined =>
  languageByExtension[path.split(".").at(-1)?.toLowerCase() ?? ""];

/** VS Code's identifiers of the languages with image links. */
export const knownLanguages: ReadonlySet<string> = new Set(Object.values(languageByExtension));

/**
 * VS Code's identifier of the language of a document. If VS Code does not know the language, or a
 * setting gives the file that of another extension, such as `tailwindcss`, the name decides.
 */
export const documentLanguage = ({ languageId, uri }: TextDocument): string =>
  knownLanguages.has(languageId) ? languageId : (languageOfFile(uri) ?? languageId);
