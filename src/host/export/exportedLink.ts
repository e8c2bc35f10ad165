// Entry of dist/exportedLink.js, which an export of several files loads.
import { l10n, Uri, workspace } from "vscode";
import { encodePath } from "../../core/links/percentEncode.ts";
import { responsiveImage, type SnippetLanguage } from "../../core/targets/responsiveImage.ts";
import { defaultLinkPosition } from "../links/defaultLinkPosition.ts";
import { altTextOf, type LinkServices } from "../links/imageLink.ts";
import { insertAt } from "../links/insertLink.ts";
import { type LinkDocument, linkBase } from "../links/linkText.ts";
import type { TrackedPosition } from "../links/trackedPosition.ts";
import { rootOf } from "../workspace/workspaceFolders.ts";
import type { ExportedCode } from "./showExported.ts";
import type { WrittenFile } from "./writeFiles.ts";

/** What the snippet is written in, by VS Code's identifier of the document's language. */
const languages: Readonly<Record<string, SnippetLanguage>> = {
  ...{ html: "html", vue: "html", svelte: "html", astro: "html", php: "html", handlebars: "html", markdown: "html" },
  ...{ javascriptreact: "jsx", typescriptreact: "jsx", mdx: "jsx" },
  ...{ css: "css", scss: "css", less: "css" },
};

/** The document that the link is for: that of the cursor, or else a page at the root. */
function documentFor(file: Uri, cursor: TrackedPosition | undefined): LinkDocument | undefined {
  if (cursor !== undefined && languages[cursor.languageId] !== undefined) return cursor;
  const root = rootOf(file)?.uri;
  return root && { uri: Uri.joinPath(root, "index.html"), languageId: "html" };
}

async function linkText(
  services: LinkServices,
  files: readonly WrittenFile[],
  source: Uri,
  document: LinkDocument,
): Promise<string | undefined> {
  const base = linkBase(document, source);
  if (base === undefined) return undefined;
  const { linksFrom } = await import("../sites/siteRules.ts");
  const { languageId } = document;
  const linkTo = await linksFrom({ base, start: base, languageId });
  const variants = files.flatMap(({ uri, pixels }) =>
    pixels === undefined ? [] : [{ path: encodePath(linkTo(uri, pixels).path), ...pixels }],
  );
  const language = languages[languageId] ?? "html";
  // A bundler of JSX takes other paths only where code imports them.
  const isReachable = language !== "jsx" || variants.every(({ path }) => path.startsWith("/"));
  return isReachable ? responsiveImage(variants, await altTextOf(services, source), language) : undefined;
}

/** Whether the cursor is in a style sheet where only a value fits. */
async function isAtValue({ uri, position, languageId }: TrackedPosition): Promise<boolean> {
  if (languages[languageId] !== "css") return false;
  const { isInDeclaration } = await import("../../core/links/linkPlaces.ts");
  const document = await workspace.openTextDocument(uri);
  const offset = document.offsetAt(document.validatePosition(position));
  return isInDeclaration({ text: document.getText(), languageId }, offset);
}

async function insertSet(text: string, cursor: TrackedPosition): Promise<void> {
  const markup = (await isAtValue(cursor)) ? text.replace(/^[\w-]+: |;$/g, "") : text;
  const [, path = ""] = /\b(?:src=|url\()"([^"]*)"/.exec(text) ?? [];
  return insertAt(cursor, [{ markup, path }]);
}

/**
 * One link for the pictures that an export made of one image, in the language of the document with
 * the cursor, where it can be inserted; `undefined` if they are no set, or if no paths lead to them
 * from there.
 *
 * @param source the image, whose alt text is that of the link.
 */
export async function exportedLink(
  services: LinkServices,
  files: readonly WrittenFile[],
  source: Uri,
): Promise<ExportedCode | undefined> {
  const cursor = defaultLinkPosition();
  let isKept = false;
  try {
    const document = documentFor(source, cursor);
    const text = document && (await linkText(services, files, source, document));
    if (text === undefined) return undefined;
    const copied = { label: l10n.t("Copy Link"), text };
    if (cursor === undefined || document !== cursor) return copied;
    isKept = true;
    return { ...copied, insert: () => insertSet(text, cursor), dispose: () => cursor.dispose() };
  } finally {
    if (!isKept) cursor?.dispose();
  }
}
