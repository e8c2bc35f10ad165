import {
  CodeAction,
  type CodeActionContext,
  CodeActionKind,
  type Diagnostic,
  l10n,
  type Range,
  type TextDocument,
} from "vscode";
import type { ImageLink, TextRange } from "../../core/links/reading/imageLink.ts";
import type { CommandId } from "../ids.ts";
import { linksOf } from "../imageLinks/documentLinks.ts";
import { type LinkedText, linkedFile, linkedTextOf } from "../imageLinks/linkedFile.ts";
import { shownPath } from "../workspace/workspaceFolders.ts";
import { canBeMade, requestOfLink } from "./requestOfLink.ts";

/** Markdown's own warning about the link, if its validation is on. */
const warningsOf = (document: TextDocument, { pathRange }: ImageLink, diagnostics: readonly Diagnostic[]) =>
  diagnostics.filter(
    ({ code, range }) =>
      code === "link.no-such-file" &&
      document.offsetAt(range.start) <= pathRange.end &&
      document.offsetAt(range.end) >= pathRange.start,
  );

async function actionFor(
  document: TextDocument,
  linked: LinkedText,
  link: ImageLink,
  { diagnostics }: CodeActionContext,
) {
  const file = await linkedFile(linked, link.path);
  if (file === undefined || file.exists) {
    return [];
  }
  const path = shownPath(file.uri);
  const missing = requestOfLink(linked, link, file.uri);
  const warnings = warningsOf(document, link, diagnostics);
  const actionOf = (title: string, command: CommandId): CodeAction => {
    const action = new CodeAction(title, CodeActionKind.QuickFix);
    action.command = { command, title, arguments: [missing] };
    action.diagnostics = warnings;
    return action;
  };
  return [
    actionOf(l10n.t("Generate {0} with Limn…", path), "limn.generateMissingImage"),
    actionOf(l10n.t("Make a Free Draft of {0}", path), "limn.makeDraft"),
  ];
}

/**
 * What the light bulb offers for links to images that do not exist, at the cursor or in the
 * selection. It buys nothing: it opens the panel with a request that can be edited, or makes a
 * draft.
 */
export async function missingImageActions(
  document: TextDocument,
  selection: Range,
  context: CodeActionContext,
): Promise<CodeAction[]> {
  const [start, end] = [document.offsetAt(selection.start), document.offsetAt(selection.end)];
  const touches = (range: TextRange) => range.start <= end && start <= range.end;
  const links = (await linksOf(document)).filter(
    (link) => canBeMade(link.path) && (touches(link.range) || touches(link.pathRange)),
  );
  const linked = links.length === 0 ? undefined : linkedTextOf(document);
  const actions = linked && (await Promise.all(links.map((link) => actionFor(document, linked, link, context))));
  // Two links to one file need one picture.
  return [...new Map((actions ?? []).flat().map((action) => [action.title, action])).values()];
}
