/**
 * VS Code's identifiers of the languages that have their own form of link. A separate file, because
 * every start of VS Code reads it.
 */
export const linkLanguages = [
  "html",
  "vue",
  "svelte",
  "astro",
  "php",
  "handlebars",
  "markdown",
  "mdx",
  "javascriptreact",
  "typescriptreact",
  "css",
  "scss",
  "sass",
  "less",
  "restructuredtext",
  "asciidoc",
  "latex",
] as const;

/** A language that has its own form of link. */
export type LinkLanguage = (typeof linkLanguages)[number];
