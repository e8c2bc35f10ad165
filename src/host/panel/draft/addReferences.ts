import { l10n } from "vscode";
import { urisFromArguments } from "../../commands/urisFromArguments.ts";
import type { Services } from "../../services.ts";
import { askImages } from "../../workspace/chooseImages.ts";

/**
 * Adds images to the draft's references and shows the panel: the images of a context menu, the one
 * in the active editor, or those chosen in a dialog.
 */
export async function addReferences(
  { draftReferences, panelTab }: Services,
  first?: unknown,
  all?: unknown,
): Promise<void> {
  const selectedUris = urisFromArguments(first, all);
  const uris = selectedUris.length > 0 ? selectedUris : await askImages(l10n.t("Add Reference Images"), l10n.t("Add"));
  await draftReferences.add(uris.map((uri) => ({ uri })));
  await panelTab.focus();
}
