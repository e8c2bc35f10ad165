/**
 * VS Code's identifiers of the languages in which a picture's link has a form of its own. A file of
 * its own, since it is read at every start of VS Code.
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

/** One of them. */
export type LinkLanguage = (typeof linkLanguages)[number];
