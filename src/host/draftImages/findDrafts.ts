import { type CancellationToken, FileType, l10n, type Uri, workspace } from "vscode";
import { stoppedError } from "../../core/errors.ts";
import { forEachConcurrently } from "../../core/forEachConcurrently.ts";
import type { DraftImage } from "../../imaging/draftFile.ts";
import { searchWithProgress } from "../imageLinks/searchProgress.ts";
import { uriKey } from "../workspace/fileUri.ts";
import { findImageFiles } from "../workspace/findImageFiles.ts";
import { maxDrafts } from "./maxDrafts.ts";
import { readDraftFile } from "./readDraftFile.ts";

/** Maximum number of images whose first bytes are read. */
const maxImages = 20_000;

/** Maximum number of images that are read whole, since they are not on a disk. */
const maxRemoteImages = 200;

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
  /** What was left out, as parts of a title. */
  readonly leftOut: readonly string[];
}

const isOnDisk = ({ scheme }: Uri): boolean => scheme === "file";

/** The images of a folder, or the image itself. */
async function imagesAt(place: Uri): Promise<readonly Uri[]> {
  const { type } = await workspace.fs.stat(place);
  return (type & FileType.Directory) === 0 ? [place] : findImageFiles(maxImages, place);
}

async function search(places: readonly Uri[], token: CancellationToken): Promise<FoundDrafts> {
  const images =
    places.length === 0 ? await findImageFiles(maxImages) : (await Promise.all(places.map(imagesAt))).flat();
  const unique = [...new Map(images.map((uri) => [uriKey(uri), uri])).values()];
  const sorted = unique.toSorted((one, other) => one.path.localeCompare(other.path));
  const [local, remote] = [sorted.filter(isOnDisk), sorted.filter((uri) => !isOnDisk(uri))];
  const drafts: FoundDraft[] = [];
  await forEachConcurrently([...local, ...remote.slice(0, maxRemoteImages)], maxOpenFiles, async (uri) => {
    const isOver = token.isCancellationRequested || drafts.length > maxDrafts;
    const draft = isOver ? undefined : await readDraftFile(uri);
    if (draft !== undefined) drafts.push({ uri, draft });
  });
  const isCut = images.length >= maxImages || remote.length > maxRemoteImages;
  return {
    drafts: drafts.toSorted((one, other) => one.uri.path.localeCompare(other.uri.path)).slice(0, maxDrafts),
    leftOut: [
      ...(drafts.length > maxDrafts ? [l10n.t("only the first {0} are listed", maxDrafts)] : []),
      ...(isCut ? [l10n.t("not all images were read")] : []),
    ],
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
