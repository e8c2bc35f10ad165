import { type CancellationToken, type Location, l10n } from "vscode";
import type { TextRange } from "../../core/links/reading/imageLink.ts";
import { searchDocuments } from "../imageLinks/linkedDocuments.ts";
import { currentFiles, seenOnce } from "../imageLinks/linkedFile.ts";
import { searchWithProgress } from "../imageLinks/searchProgress.ts";
import { changeSettingOf, setting } from "../settings.ts";
import { changedLinks, fileAt } from "./changedLinks.ts";
import { type FileChange, isChanged } from "./fileChanges.ts";
import { type ImageChange, imageChanges, mentionsOf } from "./imageChanges.ts";
import { linkCount, namesOf, warnAboutLinks } from "./messages.ts";
import { locationsOf } from "./planUpdate.ts";

async function findLinks(deleted: readonly ImageChange[], token: CancellationToken): Promise<readonly Location[]> {
  const { readLinksToImages } = await import("../../core/links/reading/readImageLinks.ts");
  const { found } = await searchDocuments(mentionsOf(deleted), token, async (document) => {
    if (isChanged(deleted, document.uri)) return [];
    const files = seenOnce(currentFiles);
    const links = readLinksToImages(document.text, document.languageId);
    const broken: TextRange[] = [];
    for (const { link } of (await changedLinks(document, links, deleted)).links) {
      // The site may serve another file at the same path.
      if ((await fileAt(document, link.path, files)) === undefined) broken.push(link.pathRange);
    }
    return locationsOf(document, broken);
  });
  return found.flat();
}

/** Shows which links lead to images that the user has deleted, alone or with their folder. */
export async function showLinksToDeleted(deleted: readonly FileChange[]): Promise<void> {
  const wanted = deleted.filter(({ from }) => setting("showLinksToDeletedImages", from));
  const changes = await imageChanges(wanted);
  const [first] = changes;
  if (first === undefined) {
    return;
  }
  const names = namesOf(changes.map(({ from }) => from));
  const title = l10n.t("Looking for links to {0}…", names);
  const locations = (await searchWithProgress(title, (token) => findLinks(changes, token))) ?? [];
  if (locations.length === 0) {
    return;
  }
  const count = linkCount(locations.length, new Set(locations.map(({ uri }) => uri.toString())).size);
  const never = l10n.t("Don't Show Again");
  const text =
    changes.length === 1
      ? l10n.t("{0} was deleted, but is still used: {1}.", names, count)
      : l10n.t("{0} were deleted, but are still used: {1}.", names, count);
  void warnAboutLinks(text, locations, never).then(async (pressed) => {
    if (pressed === never) await changeSettingOf("showLinksToDeletedImages", false, first.from);
  });
}
