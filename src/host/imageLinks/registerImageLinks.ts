import { CodeActionKind, Disposable, languages, type Position, Range, type TextDocument, workspace } from "vscode";
import type { LoadLimn } from "../hover/imageHover.ts";
import type { LimnContext } from "../limnContext.ts";
import { imageDocuments } from "../links/linkDocuments.ts";

const loadImageLinks = () => import("./imageLinkProviders.ts");

/**
 * Loads the parsers, only if lines near a selection name an image. A link may be longer than its
 * first line.
 */
const imageLinks = async (document: TextDocument, start: Position, end = start) =>
  /\.(png|jpe?g|webp|gif|svg|ico|avif|bmp)\b/i.test(
    document.getText(new Range(Math.max(0, start.line - 9), 0, end.line + 9, 0)),
  )
    ? loadImageLinks()
    : undefined;

/** Registers hovers and code actions of image links, and the check of their weights if it is on. */
export function registerImageLinks(context: Pick<LimnContext, "subscriptions">, loadLimn: LoadLimn): Disposable {
  const checkWeights = async () => {
    if (workspace.getConfiguration("limn").get("weightCheck") === true) {
      (await loadImageLinks()).startWeightCheck(context, loadLimn);
    }
  };
  void checkWeights();
  return Disposable.from(
    languages.registerCodeActionsProvider(
      imageDocuments,
      {
        provideCodeActions: async (document, range, context) =>
          (await imageLinks(document, range.start, range.end))?.imageActions(document, range, context),
      },
      { providedCodeActionKinds: [CodeActionKind.QuickFix] },
    ),
    languages.registerHoverProvider(imageDocuments, {
      provideHover: async (document, position) =>
        (await imageLinks(document, position))?.imageHover(document, position, loadLimn),
    }),
    workspace.onDidChangeConfiguration(checkWeights),
  );
}
