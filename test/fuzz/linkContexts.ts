import type { LinkLanguage } from "../../src/core/links/linkLanguages.ts";

/** What is around a link in a document of the language. */
export const linkContexts: Readonly<Partial<Record<LinkLanguage, readonly [before: string, after: string]>>> = {
  css: ["a { background: ", " }"],
  scss: ["a { background: ", " }"],
  less: ["a { background: ", " }"],
  sass: ["a\n  background: ", ""],
  javascriptreact: ["const a = (", ");"],
  typescriptreact: ["const a = (", ");"],
};
