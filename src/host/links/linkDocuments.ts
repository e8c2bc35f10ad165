import { linkLanguages } from "../../core/links/linkLanguages.ts";

/** Documents that get image links; without an extension for a language, the name decides. */
export const linkDocuments = [
  ...linkLanguages,
  { pattern: "**/*.{mdx,vue,svelte,astro,adoc,erb,ejs,njk,liquid,twig,jinja,j2}" },
];

/** Documents whose image links are read. */
export const imageDocuments = [...linkDocuments, "javascript", "typescript"];
