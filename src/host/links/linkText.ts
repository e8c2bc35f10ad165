import { type TextDocument, Uri, workspace } from "vscode";
import { asciidocImagesFolder } from "../../core/links/imagesFolder.ts";
import { linkForms } from "../../core/links/link.ts";
import type { LinkForms } from "../../core/links/linkEdit.ts";
import { encodePath } from "../../core/links/percentEncode.ts";
import type { Pixels } from "../../core/models/size.ts";
import { isSameFile } from "../workspace/fileUri.ts";

/** The document of a link. Its language decides on the form of the link. */
export type LinkDocument = Pick<TextDocument, "uri" | "languageId">;

/** The drive in a Windows path. No relative path leads from one drive to another. */
const windowsDrive = ({ path }: Uri): string => /^\/[A-Za-z]:/.exec(path)?.[0].toLowerCase() ?? "";

const isReachable = (document: Uri, file: Uri): boolean =>
  document.scheme === file.scheme &&
  document.authority === file.authority &&
  windowsDrive(document) === windowsDrive(file);

/**
 * The URI that a path to the file starts from: the document's, or, for an untitled document, the
 * workspace folder of the file. `undefined` if there is neither: only an absolute path would lead
 * to the file.
 */
export function linkBase({ uri }: Pick<TextDocument, "uri">, file: Uri): Uri | undefined {
  if (isReachable(uri, file)) {
    return uri;
  }
  // An untitled document may have the path it will be saved to. A notebook cell has its notebook's
  // path.
  const assumedUri = uri.path.startsWith("/")
    ? uri.with({ scheme: file.scheme, authority: file.authority })
    : undefined;
  if (assumedUri !== undefined && workspace.getWorkspaceFolder(assumedUri) !== undefined) {
    return assumedUri.with({ query: "", fragment: "" });
  }
  const folder = workspace.getWorkspaceFolder(file);
  return folder && Uri.joinPath(folder.uri, "document");
}

/**
 * A URI in the folder that paths of images start from, if the document says that it is another one
 * than its own; see `asciidocImagesFolder`.
 */
function imagesFolder({ uri, languageId }: LinkDocument, base: Uri): Uri | undefined {
  const isAsciidoc = languageId === "asciidoc";
  const open = isAsciidoc ? workspace.textDocuments.find((document) => isSameFile(document.uri, uri)) : undefined;
  const folder = open && asciidocImagesFolder(open.getText());
  return folder === undefined ? undefined : Uri.joinPath(base, "..", folder, "image");
}

/**
 * The link to an image file in the language of the document; `undefined` if no path leads to the
 * file.
 *
 * @param size in pixels, if it is known.
 */
export async function linkText(
  document: LinkDocument,
  file: Uri,
  alt: string,
  size: Pixels | undefined,
): Promise<LinkForms | undefined> {
  const base = linkBase(document, file);
  if (base === undefined) {
    return undefined;
  }
  const start = imagesFolder(document, base) ?? base;
  const { linksFrom } = await import("../sites/siteRules.ts");
  const linkTo = await linksFrom({ base, start, languageId: document.languageId });
  const { path, element } = linkTo(file, size);
  return linkForms(document.languageId, { path: encodePath(path), alt, size, element });
}
