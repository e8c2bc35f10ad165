import { type TextDocument, Uri, workspace } from "vscode";
import { followsProject, servedFolders } from "../../core/files/imageFolders.ts";
import { asciidocImagesFolder } from "../../core/links/imagesFolder.ts";
import { isProjectPage } from "../../core/links/projectPage.ts";
import { findPackage } from "../workspace/activeProject.ts";
import { uriExists } from "../workspace/fileStat.ts";
import { rootOf } from "../workspace/workspaceFolders.ts";
import { documentLanguage } from "./documentLanguage.ts";

/**
 * Paths that name no file of the workspace: addresses, addresses without a scheme, attachments of
 * notebooks, aliases of bundlers, and code of templates.
 */
const isUnresolvable = (path: string): boolean => path === "" || /^(?:[a-z][\w+.-]*:|\/\/|[@~#$])|[{}<>\0]/i.test(path);

/**
 * The file that links of the document are relative to. For a cell of a notebook it is the notebook,
 * for a document without a path one in the workspace folder; `undefined` if no folder is open.
 */
function baseOf({ uri, isUntitled }: TextDocument): Uri | undefined {
  const notebook = workspace.notebookDocuments.find(
    (one) =>
      one.uri.path === uri.path && one.getCells().some(({ document }) => document.uri.toString() === uri.toString()),
  );
  const base = notebook?.uri ?? uri;
  const folder = rootOf(base)?.uri;
  const isOnDisk = !isUntitled && notebook?.isUntitled !== true;
  return isOnDisk ? base : folder && Uri.joinPath(folder, "document");
}

/** The folders that a path from the site's root may start in, the most likely one first. */
async function rootFolders(base: Uri, root: Uri): Promise<readonly Uri[]> {
  const project = await findPackage(Uri.joinPath(base, ".."), root);
  if (project === undefined || isProjectPage(base.path, project.path)) {
    return [root];
  }
  const served = servedFolders.map((path) => Uri.joinPath(project, path));
  const exists = await Promise.all(served.map(uriExists));
  return [...served.filter((_, index) => exists[index]), project, root];
}

/** Where the file of a link may be, the most likely place first. */
async function candidatesOf(document: TextDocument, base: Uri, path: string): Promise<readonly Uri[]> {
  const root = rootOf(base)?.uri;
  if (root === undefined) {
    return [];
  }
  if (path.startsWith("/")) {
    return (await rootFolders(base, root)).map((folder) => Uri.joinPath(folder, path));
  }
  const language = documentLanguage(document);
  const folder = language === "asciidoc" ? asciidocImagesFolder(document.getText()) : undefined;
  const beside = Uri.joinPath(base, "..", folder ?? "", path);
  // In code of a site, a path without a dot may be relative to the page, which starts at the root.
  const isCode = followsProject(language) && !path.startsWith(".");
  return [beside, ...(isCode ? (await rootFolders(base, root)).map((each) => Uri.joinPath(each, path)) : [])];
}

/**
 * The file that a link names and that does not exist; `undefined` if it exists, or is not in the
 * workspace.
 */
export async function missingFileOf(document: TextDocument, path: string): Promise<Uri | undefined> {
  const base = isUnresolvable(path) ? undefined : baseOf(document);
  const candidates = base === undefined ? [] : await candidatesOf(document, base, path);
  const [likely] = candidates.filter((uri) => workspace.getWorkspaceFolder(uri) !== undefined);
  const exists = await Promise.all(candidates.map(uriExists));
  return exists.includes(true) ? undefined : likely;
}
