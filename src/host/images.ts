import { l10n, TabInputCustom, TabInputText, Uri, window } from "vscode";
import { stopped } from "../core/errors.ts";
import { formatOf } from "../core/picture.ts";

/** What VS Code hands over when an image's context menu runs a command: one file, and all that are selected. */
export function urisOf(first: unknown, all: unknown): readonly Uri[] {
  if (Array.isArray(all) && all.length > 0 && all.every((uri) => uri instanceof Uri)) {
    return all;
  }
  return first instanceof Uri ? [first] : [];
}

/** The image in the editor in front, where there is one. */
function openImage(): Uri | undefined {
  const input = window.tabGroups.activeTabGroup.activeTab?.input;
  const uri = input instanceof TabInputCustom || input instanceof TabInputText ? input.uri : undefined;
  return uri !== undefined && /\.(png|jpe?g|webp)$/i.test(uri.path) ? uri : undefined;
}

/** The images to edit when none was handed over: the open one, or those chosen in a dialog. */
export async function askImages(): Promise<readonly Uri[]> {
  const open = openImage();
  if (open !== undefined) {
    return [open];
  }
  const chosen = await window.showOpenDialog({
    title: l10n.t("Choose the Images to Edit"),
    openLabel: l10n.t("Edit"),
    canSelectMany: true,
    filters: { [l10n.t("Pictures")]: Object.keys(formatOf) },
  });
  if (chosen === undefined || chosen.length === 0) {
    throw stopped();
  }
  return chosen;
}
