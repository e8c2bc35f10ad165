import type { Uri } from "vscode";
import type { ImageLink } from "../../core/links/reading/imageLink.ts";
import type { DocumentText } from "../imageLinks/linkedDocuments.ts";
import { type Exists, type FileView, linkCandidates, seenOnce } from "../imageLinks/linkedFile.ts";
import { existedBefore, type FileChange, isChanged, placeAfter, placeBefore } from "./fileChanges.ts";

/** A link to an image that was moved or deleted. */
export interface ChangedLink {
  readonly link: ImageLink;
  /** Where its file was. */
  readonly file: Uri;
}

/** Extensions that LaTeX adds to a name without one. */
const latexExtensions = ["png", "jpg", "jpeg"];

/** The places that a path names in the document, if it is at `base`. */
async function placesOf(
  { text, languageId }: DocumentText,
  base: Uri,
  path: string,
  files: FileView,
): Promise<readonly Uri[]> {
  const places = await linkCandidates({ base, text, languageId }, path, files);
  return languageId === "latex" && !/\.\w+$/.test(path)
    ? places.flatMap((uri) => latexExtensions.map((extension) => uri.with({ path: `${uri.path}.${extension}` })))
    : places;
}

async function firstOf(places: readonly Uri[], exists: Exists): Promise<Uri | undefined> {
  for (const uri of places) {
    if (await exists(uri)) {
      return uri;
    }
  }
  return undefined;
}

/** The file that a path in the document leads to now. */
export const fileAt = async (document: DocumentText, path: string, files: FileView): Promise<Uri | undefined> =>
  firstOf(await placesOf(document, document.uri, path, files), files.exists);

/** The files around one document as they were before the changes. */
const filesBefore = (changes: readonly FileChange[]): FileView => ({
  exists: (uri) => existedBefore(changes, uri),
  siteOf: async (document, root) => {
    const { siteAround } = await import("../sites/siteRules.ts");
    return siteAround(document, root, (uri) => placeAfter(changes, uri));
  },
});

/** What changes mean for the links of a document. */
interface ChangedLinks {
  readonly links: readonly ChangedLink[];
  /** Places that links lead to, and whose files are not at their new places. */
  readonly lost: readonly Uri[];
}

/** The links of a document that led to a file before the changes. */
export async function changedLinks(
  document: DocumentText,
  links: readonly ImageLink[],
  changes: readonly FileChange[],
): Promise<ChangedLinks> {
  const files = seenOnce(filesBefore(changes));
  const base = placeBefore(changes, document.uri);
  const found: ChangedLink[] = [];
  const lost: Uri[] = [];
  for (const link of links) {
    const places = await placesOf(document, base, link.path, files);
    const changed = places.filter((uri) => isChanged(changes, uri));
    // Most links need no look at the disk.
    if (changed.length === 0) continue;
    const file = await firstOf(places, files.exists);
    if (file === undefined) lost.push(...changed);
    else if (isChanged(changes, file)) found.push({ link, file });
  }
  return { links: found, lost };
}
