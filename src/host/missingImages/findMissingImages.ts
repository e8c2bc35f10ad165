import { type CancellationToken, l10n, type NotebookDocument, type TextDocument } from "vscode";
import { stoppedError } from "../../core/errors.ts";
import { formatBytes } from "../../core/text/byteSize.ts";
import { findNotebooks, maxBytes, searchDocuments } from "../imageLinks/linkedDocuments.ts";
import { type LinkedText, linkedTextOf } from "../imageLinks/linkedFile.ts";
import { searchWithProgress } from "../imageLinks/searchProgress.ts";
import { uriKey } from "../workspace/fileUri.ts";
import { shownPath } from "../workspace/workspaceFolders.ts";
import type { MissingImage } from "./missingImage.ts";
import { missingImagesOf } from "./missingImagesOf.ts";
import { readNotebook, textsOfNotebook } from "./notebookTexts.ts";

/** Maximum number of images in the list. */
const maxImages = 500;

/** A missing image, and the path of the first document that links to it. */
export interface FoundImage extends MissingImage {
  readonly linkedIn: string;
}

/** What a search found. */
export interface FoundImages {
  /** Each file once. */
  readonly images: readonly FoundImage[];
  /** What was left out, as parts of a title. */
  readonly leftOut: readonly string[];
}

const foundIn = async (text: LinkedText): Promise<readonly FoundImage[]> =>
  (await missingImagesOf(text)).map((image) => ({ ...image, linkedIn: shownPath(text.base) }));

/** Each file once. The first link to an image says what it shows. */
function listed(images: readonly FoundImage[]): FoundImages {
  const byFile = new Map(images.toReversed().map((image) => [uriKey(image.file), image]));
  const unique = images.filter((image) => byFile.get(uriKey(image.file)) === image);
  return {
    images: unique.slice(0, maxImages),
    leftOut: unique.length > maxImages ? [l10n.t("only the first {0} are listed", maxImages)] : [],
  };
}

/** The missing images of an open document or notebook. */
export async function findInFile(file: TextDocument | NotebookDocument): Promise<FoundImages> {
  const texts = "notebookType" in file ? textsOfNotebook(file) : [linkedTextOf(file) ?? []].flat();
  return listed((await Promise.all(texts.map(foundIn))).flat());
}

async function searchWorkspace(token: CancellationToken): Promise<FoundImages> {
  const documents = await searchDocuments(/\.(?:png|jpe?g|webp)/i, token, async ({ uri, ...text }, isExcluded) =>
    isExcluded ? [] : foundIn({ ...text, base: uri }),
  );
  const notebooks = await findNotebooks(token);
  const images = documents.found.flat();
  let { unread } = documents;
  for (const uri of notebooks.files) {
    if (token.isCancellationRequested) break;
    const texts = await readNotebook(uri, maxBytes);
    const missing = texts && (await Promise.all(texts.map(foundIn)).catch(() => undefined));
    unread += missing === undefined ? 1 : 0;
    images.push(...(missing ?? []).flat());
  }
  const found = listed(images.toSorted((one, other) => one.linkedIn.localeCompare(other.linkedIn)));
  return {
    images: found.images,
    leftOut: [
      ...found.leftOut,
      ...(documents.isCut || notebooks.isCut ? [l10n.t("not all files were read")] : []),
      ...(unread > 0 ? [l10n.t("files over {0}, or unreadable: {1}", formatBytes(maxBytes), unread)] : []),
    ],
  };
}

/**
 * The missing images of all documents of the workspace. Shows progress if that takes long; rejects
 * with kind `stopped` if the user cancels.
 */
export async function findInWorkspace(): Promise<FoundImages> {
  const found = await searchWithProgress(l10n.t("Limn: Looking for missing images"), searchWorkspace);
  if (found === undefined) {
    throw stoppedError();
  }
  return found;
}
