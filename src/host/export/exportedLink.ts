// Entry of dist/exportedLink.js, which an export of several files loads.
import { Uri, window } from "vscode";
import { encodePath } from "../../core/links/percentEncode.ts";
import { responsiveImage, type SnippetLanguage } from "../../core/targets/responsiveImage.ts";
import { documentLanguage } from "../imageLinks/documentLanguage.ts";
import { altTextOf, type LinkServices } from "../links/imageLink.ts";
import { type LinkDocument, linkBase } from "../links/linkText.ts";
import { rootOf } from "../workspace/workspaceFolders.ts";
import type { WrittenFile } from "./writeFiles.ts";

/** What the snippet is written in, by VS Code's identifier of the document's language. */
const languages: Readonly<Record<string, SnippetLanguage>> = {
  ...{ html: "html", vue: "html", svelte: "html", astro: "html", php: "html", handlebars: "html", markdown: "html" },
  ...{ javascriptreact: "jsx", typescriptreact: "jsx", mdx: "jsx" },
  ...{ css: "css", scss: "css", less: "css" },
};

/** The document that the link is for: that in the editor, or else a page at the root. */
function documentFor(file: Uri): LinkDocument | undefined {
  const shown = window.activeTextEditor?.document;
  const languageId = shown === undefined ? "" : documentLanguage(shown);
  if (shown !== undefined && languages[languageId] !== undefined) return { uri: shown.uri, languageId };
  const root = rootOf(file)?.uri;
  return root && { uri: Uri.joinPath(root, "index.html"), languageId: "html" };
}

/**
 * One link for the pictures that an export made of one image, in the language of the document in
 * the editor; `undefined` if they are no set, or if no paths lead to them from there.
 *
 * @param source the image, whose alt text is that of the link.
 */
export async function exportedLink(
  services: LinkServices,
  files: readonly WrittenFile[],
  source: Uri,
): Promise<string | undefined> {
  const document = documentFor(source);
  const base = document && linkBase(document, source);
  if (document === undefined || base === undefined) return undefined;
  const { linksFrom } = await import("../sites/siteRules.ts");
  const { languageId } = document;
  const linkTo = await linksFrom({ base, start: base, languageId });
  const variants = files.flatMap(({ uri, pixels }) =>
    pixels === undefined ? [] : [{ path: encodePath(linkTo(uri, pixels).path), ...pixels }],
  );
  const language = languages[languageId] ?? "html";
  // A bundler of JSX takes other paths only where code imports them.
  const isReachable = language !== "jsx" || variants.every(({ path }) => path.startsWith("/"));
  return isReachable ? responsiveImage(variants, altTextOf(services, source), language) : undefined;
}
