import { posix } from "node:path";
import { commands, l10n, TabInputCustom, TabInputText, Uri, window } from "vscode";
import { stoppedError } from "../../core/errors.ts";
import { formatByExtension, formatOfName } from "../../core/pictures/pictureFormat.ts";
import type { LogPort } from "../../core/ports.ts";

/**
 * What VS Code hands over when an image's context menu runs a command: one file, and all that are
 * selected.
 */
export function urisFromArguments(clickedUri: unknown, selectedUris: unknown): readonly Uri[] {
  if (Array.isArray(selectedUris) && selectedUris.length > 0 && selectedUris.every((uri) => uri instanceof Uri)) {
    return selectedUris;
  }
  return clickedUri instanceof Uri ? [clickedUri] : [];
}

/**
 * Shows an image in an editor. What was done with it is done all the same if VS Code cannot, so
 * that only goes to the log.
 */
export async function showImage(uri: Uri, log: LogPort): Promise<void> {
  try {
    await commands.executeCommand("vscode.open", uri, { preview: false });
  } catch (error) {
    log.warn(`An image could not be opened in an editor: ${String(error)}`);
  }
}

/** The image in the editor in front, where there is one. */
function activeImageUri(): Uri | undefined {
  const input = window.tabGroups.activeTabGroup.activeTab?.input;
  const uri = input instanceof TabInputCustom || input instanceof TabInputText ? input.uri : undefined;
  return uri !== undefined && formatOfName(posix.basename(uri.path)) !== undefined ? uri : undefined;
}

/** Asks for images in VS Code's own dialog. Rejects with kind `stopped` where none is chosen. */
export async function chooseImages(title: string, openLabel: string): Promise<readonly Uri[]> {
  const chosen = await window.showOpenDialog({
    title,
    openLabel,
    canSelectMany: true,
    filters: { [l10n.t("Pictures")]: Object.keys(formatByExtension) },
  });
  if (chosen === undefined || chosen.length === 0) {
    throw stoppedError();
  }
  return chosen;
}

/**
 * The images to work on when none was handed over: the open one, or those chosen in a dialog with
 * these words.
 */
export async function askImages(title: string, openLabel: string): Promise<readonly Uri[]> {
  const open = activeImageUri();
  return open === undefined ? chooseImages(title, openLabel) : [open];
}
