import {
  CodeAction,
  type CodeActionContext,
  CodeActionKind,
  type Diagnostic,
  l10n,
  type Range,
  type TextDocument,
} from "vscode";
import { linkSyntaxOf } from "../../core/links/linkSyntax.ts";
import type { ImageLink, TextRange } from "../../core/links/reading/imageLink.ts";
import { promptOfLink } from "../../core/links/reading/promptOfLink.ts";
import { shownPath } from "../workspace/workspaceFolders.ts";
import { documentLanguage } from "./documentLanguage.ts";
import { missingFileOf } from "./linkedFile.ts";
import type { MissingImage } from "./missingImage.ts";

/** The formats that the models make. */
const canBeMade = ({ path }: ImageLink): boolean => /\.(?:png|jpe?g|webp)$/i.test(path);

/** Links of the documents that are open, so that moving the cursor reads nothing again. */
const read = new WeakMap<TextDocument, { readonly version: number; readonly links: readonly ImageLink[] }>();

async function linksOf(document: TextDocument): Promise<readonly ImageLink[]> {
  const { version } = document;
  const known = read.get(document);
  if (known?.version === version) {
    return known.links;
  }
  const { readImageLinks } = await import("../../core/links/reading/readImageLinks.ts");
  const links = readImageLinks(document.getText(), documentLanguage(document)).filter(canBeMade);
  read.set(document, { version, links });
  return links;
}

/** Markdown's own warning about the link, if its validation is on. */
const warningsOf = (document: TextDocument, { pathRange }: ImageLink, diagnostics: readonly Diagnostic[]) =>
  diagnostics.filter(
    ({ code, range }) =>
      code === "link.no-such-file" &&
      document.offsetAt(range.start) <= pathRange.end &&
      document.offsetAt(range.end) >= pathRange.start,
  );

async function actionFor(document: TextDocument, link: ImageLink, { diagnostics }: CodeActionContext) {
  const file = await missingFileOf(document, link.path);
  if (file === undefined) {
    return [];
  }
  const action = new CodeAction(l10n.t("Generate {0} with Limn…", shownPath(file)), CodeActionKind.QuickFix);
  const missing: MissingImage = {
    file: file.toString(),
    prompt: promptOfLink(document.getText(), link, linkSyntaxOf(documentLanguage(document))?.layout !== "inline"),
    ...(link.width === undefined ? {} : { width: link.width }),
    ...(link.height === undefined ? {} : { height: link.height }),
  };
  action.command = { command: "limn.generateMissingImage", title: action.title, arguments: [missing] };
  action.diagnostics = warningsOf(document, link, diagnostics);
  return [action];
}

/**
 * What the light bulb offers for links to images that do not exist, at the cursor or in the
 * selection. It buys nothing: it opens the panel with a request that can be edited.
 */
export async function missingImageActions(
  document: TextDocument,
  selection: Range,
  context: CodeActionContext,
): Promise<CodeAction[]> {
  const [start, end] = [document.offsetAt(selection.start), document.offsetAt(selection.end)];
  const touches = (range: TextRange) => range.start <= end && start <= range.end;
  const links = (await linksOf(document)).filter(({ range, pathRange }) => touches(range) || touches(pathRange));
  const actions = await Promise.all(links.map((link) => actionFor(document, link, context)));
  // Two links to one file need one picture.
  return [...new Map(actions.flat().map((action) => [action.title, action])).values()];
}
