import type { TextDocument } from "vscode";

/** Languages whose files are plain text for VS Code without an extension for them. */
const languageByExtension: Readonly<Record<string, string>> = {
  mdx: "mdx",
  vue: "vue",
  svelte: "svelte",
  astro: "astro",
  adoc: "asciidoc",
};

/** VS Code's identifier of the language of a document, also if VS Code does not know it. */
export const documentLanguage = ({ languageId, uri }: TextDocument): string =>
  (languageId === "plaintext" ? languageByExtension[uri.path.split(".").at(-1) ?? ""] : undefined) ?? languageId;
