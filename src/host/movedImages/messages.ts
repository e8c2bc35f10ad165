import { commands, type Location, l10n, type Uri, window } from "vscode";
import { escapeInvisible } from "../../core/text/invisibleCharacters.ts";
import { escapeMarkup } from "../ui/escapeMarkup.ts";
import { maxListedNames } from "../ui/lists.ts";
import { shownPath } from "../workspace/workspaceFolders.ts";
import { nameOf } from "./fileChanges.ts";

/** What was moved or deleted: a name, or a number. */
export const namesOf = (uris: readonly Uri[]): string => {
  const [first] = uris;
  return first !== undefined && uris.length === 1 ? escapeInvisible(nameOf(first)) : l10n.t("{0} files", uris.length);
};

/** A number of links, and of the files that they are in. */
export function linkCount(links: number, files: number): string {
  if (links === 1) {
    return l10n.t("1 link");
  }
  return files === 1 ? l10n.t("{0} links in 1 file", links) : l10n.t("{0} links in {1} files", links, files);
}

/** The paths of files on lines of their own; if there are many, their number. */
export function fileList(uris: readonly Uri[]): string {
  const shown = uris.slice(0, uris.length > maxListedNames + 1 ? maxListedNames : uris.length).map(shownPath);
  const more = uris.length - shown.length;
  return [...shown, ...(more === 0 ? [] : [l10n.t("and {0} more files", more)])].join("\n");
}

/** Shows places in the editor: one at once, several in a list with a preview, like references. */
async function showLocations(locations: readonly Location[]): Promise<void> {
  const [first] = locations;
  if (first !== undefined) {
    const { uri, range } = first;
    await commands.executeCommand("editor.action.goToLocations", uri, range.start, locations, "peek", "");
  }
}

/** Shows a message about links, with a button that shows them. */
export async function warnAboutLinks(text: string, locations: readonly Location[], ...more: readonly string[]) {
  const show = l10n.t("Show Links");
  const pressed = await window.showWarningMessage(escapeMarkup(text), show, ...more);
  if (pressed === show) {
    await showLocations(locations);
  }
  return pressed;
}
