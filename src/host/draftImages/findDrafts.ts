import { type CancellationToken, FileType, l10n, type Uri, workspace } from "vscode";
import { stoppedError } from "../../core/errors.ts";
import { forEachConcurrently } from "../../core/forEachConcurrently.ts";
import type { DraftImage } from "../../imaging/draftFile.ts";
import { searchWithProgress } from "../imageLinks/searchProgress.ts";
import { uriKey } from "../workspace/fileUri.ts";
import { findImageFiles } from "../workspace/findImageFiles.ts";
import { readDraftFile } from "./readDraftFile.ts";

/** Maximum number of images whose first bytes are read. */
const maxImages = 20_000;

/** Maximum number of files that are open at a time. */
const maxOpenFiles = 16;

/** A draft image and its file. */
export interface FoundDraft {
  readonly uri: Uri;
  readonly draft: DraftImage;
}

/** What a search found. */
export interface FoundDrafts {
  /** In the order of their paths. */
  readonly drafts: readonly FoundDraft[];
  /** Whether not all images were looked at. */
  readonly isCut: boolean;
}

/** The images of a folder, or the image itself. */
async function imagesAt(place: Uri): Promise<readonly Uri[]> {
  const { type } = await workspace.fs.stat(place);
  return (type & FileType.Directory) === 0 ? [place] : findImageFiles(maxImages, place);
}

async function search(places: readonly Uri[], token: CancellationToken): Promise<FoundDrafts> {
  const images =
    places.length === 0 ? await findImageFiles(maxImages) : (await Promise.all(places.map(imagesAt))).flat();
  const unique = [...new Map(images.map((uri) => [uriKey(uri), uri])).values()];
  const drafts: FoundDraft[] = [];
  await forEachConcurrently(unique, maxOpenFiles, async (uri) => {
    const draft = token.isCancellationRequested ? undefined : await readDraftFile(uri);
    if (draft !== undefined) drafts.push({ uri, draft });
  });
  return {
    drafts: drafts.toSorted((one, other) => one.uri.path.localeCompare(other.uri.path)),
    isCut: images.length >= maxImages,
  };
}

/**
 * The drafts among files and in folders, or in the whole workspace if there is no place. Shows
 * progress if that takes long; rejects with kind `stopped` if the user cancels.
 */
export async function findDrafts(places: readonly Uri[]): Promise<FoundDrafts> {
  const found = await searchWithProgress(l10n.t("Limn: Looking for drafts"), (token) => search(places, token));
  if (found === undefined) {
    throw stoppedError();
  }
  return found;
}
