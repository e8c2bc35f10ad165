import { type TextDocument, Uri, workspace } from "vscode";
import { linkMarkup, linkPath } from "../../core/links/link.ts";
import type { Pixels } from "../../core/models/size.ts";
import { uriExists } from "../workspace/fileStat.ts";

/**
 * The folder whose files a framework serves from the site's root: `public` beside the
 * `package.json` that is nearest above the document, where the picture lies in it.
 */
async function publicFolder(document: Uri, file: Uri): Promise<string | undefined> {
  const root = workspace.getWorkspaceFolder(document)?.uri;
  for (let folder = Uri.joinPath(document, ".."); root !== undefined; folder = Uri.joinPath(folder, "..")) {
    if (await uriExists(Uri.joinPath(folder, "package.json"))) {
      const served = Uri.joinPath(folder, "public").path;
      return file.path.startsWith(`${served}/`) ? served : undefined;
    }
    if (folder.path === root.path || folder.path === "/") {
      return undefined;
    }
  }
  return undefined;
}

/** Where a link is written: the document, and the language that decides on its form. */
export type LinkDocument = Pick<TextDocument, "uri" | "languageId">;

/** The drive in a path of Windows: no relative path leads from one to another. */
const windowsDrive = ({ path }: Uri): string => /^\/[A-Za-z]:/.exec(path)?.[0].toLowerCase() ?? "";

const isReachable = (document: Uri, file: Uri): boolean =>
  document.scheme === file.scheme &&
  document.authority === file.authority &&
  windowsDrive(document) === windowsDrive(file);

/**
 * The place that paths to a file start from: the document's own, or the folder of the workspace
 * that the file is in if the document has none, as an untitled one. `undefined` if neither is
 * there: then only the machine's absolute path would lead to the file.
 */
export function linkBase({ uri }: Pick<TextDocument, "uri">, file: Uri): Uri | undefined {
  if (isReachable(uri, file)) {
    return uri;
  }
  // An untitled document may have the path that it will be saved under, and a cell has that of its
  // notebook.
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
 * The link to an image file as it is written in the document's own language; `undefined` if no path
 * leads from the document to the file.
 *
 * @param size pixels as shown, if they are known.
 */
export async function linkText(
  document: LinkDocument,
  file: Uri,
  alt: string,
  size: Pixels | undefined,
): Promise<string | undefined> {
  const base = linkBase(document, file);
  return (
    base &&
    linkMarkup(document.languageId, { path: linkPath(base.path, file.path, await publicFolder(base, file)), alt, size })
  );
}
