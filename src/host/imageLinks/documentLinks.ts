import type { TextDocument } from "vscode";
import type { ImageLink } from "../../core/links/reading/imageLink.ts";
import { documentLanguage } from "./documentLanguage.ts";

/** Links of the documents that are open, so that moving the cursor reads nothing again. */
const read = new WeakMap<TextDocument, { readonly version: number; readonly links: readonly ImageLink[] }>();

/** The image links of a document as it is now. */
export async function linksOf(document: TextDocument): Promise<readonly ImageLink[]> {
  const { version } = document;
  const known = read.get(document);
  if (known?.version === version) {
    return known.links;
  }
  const { readImageLinks } = await import("../../core/links/reading/readImageLinks.ts");
  const links = readImageLinks(document.getText(), documentLanguage(document));
  read.set(document, { version, links });
  return links;
}
