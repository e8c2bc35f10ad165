import { posix } from "node:path";
import { l10n, TabInputCustom, TabInputText, type Uri, window } from "vscode";
import { stoppedError } from "../../core/errors.ts";
import { formatByExtension, formatOfName } from "../../core/pictures/pictureFormat.ts";

/** The image in the active editor, if there is one. */
export function activeImageUri(): Uri | undefined {
  const input = window.tabGroups.activeTabGroup.activeTab?.input;
  const uri = input instanceof TabInputCustom || input instanceof TabInputText ? input.uri : undefined;
  return uri !== undefined && formatOfName(posix.basename(uri.path)) !== undefined ? uri : undefined;
}

/** Asks for images in a file dialog. Rejects with kind `stopped` if none is chosen. */
export async function chooseImages(title: string, openLabel: string, canSelectMany = true): Promise<readonly Uri[]> {
  const chosen = await window.showOpenDialog({
    title,
    openLabel,
    canSelectMany,
    filters: { [l10n.t("Pictures")]: Object.keys(formatByExtension) },
  });
  if (chosen === undefined || chosen.length === 0) {
    throw stoppedError();
  }
  return chosen;
}

/** The image in the active editor, or those chosen in a file dialog with these texts. */
export async function askImages(title: string, openLabel: string, canSelectMany?: boolean): Promise<readonly Uri[]> {
  const open = activeImageUri();
  return open === undefined ? chooseImages(title, openLabel, canSelectMany) : [open];
}
