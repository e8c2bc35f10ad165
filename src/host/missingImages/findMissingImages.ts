import { type CancellationToken, l10n, type NotebookDocument, type TextDocument } from "vscode";
import { stoppedError } from "../../core/errors.ts";
import { formatBytes } from "../../core/text/byteSize.ts";
import { findDocuments, findNotebooks, maxBytes } from "../imageLinks/linkedDocuments.ts";
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

/** The missing images of the texts, each file once. */
async function findIn(texts: readonly LinkedText[], token?: CancellationToken): Promise<FoundImages> {
  const found = new Map<string, FoundImage>();
  for (const text of texts) {
    if (found.size > maxImages || token?.isCancellationRequested === true) {
      break;
    }
    for (const image of await missingImagesOf(text)) {
      const key = uriKey(image.file);
      found.set(key, found.get(key) ?? { ...image, linkedIn: shownPath(text.base) });
    }
  }
  return {
    images: [...found.values()].slice(0, maxImages),
    leftOut: found.size > maxImages ? [l10n.t("only the first {0} are listed", maxImages)] : [],
  };
}

/** The missing images of an open document or notebook. */
export const findInFile = (file: TextDocument | NotebookDocument): Promise<FoundImages> =>
  findIn("notebookType" in file ? textsOfNotebook(file) : [linkedTextOf(file) ?? []].flat());

async function searchWorkspace(token: CancellationToken): Promise<FoundImages> {
  const { documents, ...search } = await findDocuments(/\.(?:png|jpe?g|webp)/i, token);
  const notebooks = await findNotebooks(token);
  const texts = documents
    .filter((document) => !search.excluded.includes(document))
    .map(({ uri, ...text }): LinkedText => ({ ...text, base: uri }));
  let unread = search.unread;
  for (const uri of notebooks.files) {
    const read = await readNotebook(uri, maxBytes);
    unread += read === undefined ? 1 : 0;
    texts.push(...(read ?? []));
  }
  const byPath = texts.toSorted((one, other) => one.base.path.localeCompare(other.base.path));
  const { images, leftOut } = await findIn(byPath, token);
  return {
    images,
    leftOut: [
      ...leftOut,
      ...(search.isCut || notebooks.isCut ? [l10n.t("not all files were read")] : []),
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
