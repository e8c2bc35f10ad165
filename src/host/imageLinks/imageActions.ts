import type { CodeAction, CodeActionContext, Range, TextDocument } from "vscode";
import { smallerImageActions } from "../imageWeights/smallerImageActions.ts";
import { missingImageActions } from "../missingImages/missingImageActions.ts";

/** What the light bulb offers for image links at the cursor or in the selection. */
export const imageActions = async (
  document: TextDocument,
  selection: Range,
  context: CodeActionContext,
): Promise<CodeAction[]> =>
  (
    await Promise.all([
      missingImageActions(document, selection, context),
      smallerImageActions(document, context.diagnostics),
    ])
  ).flat();
