import { type TextDocument, Uri, workspace } from "vscode";
import { followsProject, servedFolders } from "../../core/files/imageFolders.ts";
import { aliasedPaths } from "../../core/links/aliases.ts";
import { asciidocImagesFolder } from "../../core/links/imagesFolder.ts";
import { isProjectPage } from "../../core/links/projectPage.ts";
import { findPackage } from "../workspace/activeProject.ts";
import { uriExists } from "../workspace/fileStat.ts";
import { rootOf } from "../workspace/workspaceFolders.ts";
import { documentLanguage } from "./documentLanguage.ts";

/** Whether a path has code of a template, so that it names no file. */
const hasCode = (path: string): boolean => /[{}<>\0]/.test(path);

/**
 * Paths that name no file of the workspace: addresses, addresses without a scheme, attachments of
 * notebooks, and unknown aliases of bundlers.
 */
const isUnresolvable = (path: string): boolean => path === "" || /^(?:[a-z][\w+.-]*:|\/\/|[@~#$])/i.test(path);

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

/** Whether a file or folder exists, now or at another time. */
export type Exists = (uri: Uri) => Promise<boolean>;

/** The folders that a path from the site's root may start in, the most likely one first. */
async function rootFolders(base: Uri, root: Uri, exists: Exists): Promise<readonly Uri[]> {
  const project = await findPackage(Uri.joinPath(base, ".."), root, exists);
  if (project === undefined || isProjectPage(base.path, project.path)) {
    return [root];
  }
  const served = servedFolders.map((path) => Uri.joinPath(project, path));
  const isThere = await Promise.all(served.map(exists));
  return [...served.filter((_, index) => isThere[index]), project, root];
}

/**
 * The places that a path with an alias of a bundler may name; those whose folder exists come first.
 */
async function aliasedPlaces(base: Uri, root: Uri, paths: readonly string[], exists: Exists): Promise<readonly Uri[]> {
  const project = await findPackage(Uri.joinPath(base, ".."), root, exists);
  const places = project === undefined ? [] : paths.map((path) => Uri.joinPath(project, path));
  const isThere = await Promise.all(places.map((place) => exists(Uri.joinPath(place, ".."))));
  return [...places.filter((_, index) => isThere[index]), ...places.filter((_, index) => !isThere[index])];
}

/** A text with links. */
export interface LinkedText {
  /** The file that its links are relative to. */
  readonly base: Uri;
  readonly text: string;
  /** VS Code's identifier. */
  readonly languageId: string;
}

/** A URI in the folder that relative paths start in. */
export const relativeStart = ({ base, text, languageId }: LinkedText): Uri => {
  const folder = languageId === "asciidoc" ? asciidocImagesFolder(text) : undefined;
  return folder === undefined ? base : Uri.joinPath(base, "..", folder, "image");
};

/**
 * Where the file of a link may be, the most likely place first; empty for a path that names no file
 * of the workspace.
 */
export async function linkCandidates(
  linked: LinkedText,
  path: string,
  exists: Exists = uriExists,
): Promise<readonly Uri[]> {
  const { base, languageId } = linked;
  const root = rootOf(base)?.uri;
  if (root === undefined || hasCode(path)) {
    return [];
  }
  const aliased = aliasedPaths(path);
  if (aliased.length > 0) {
    return aliasedPlaces(base, root, aliased, exists);
  }
  if (isUnresolvable(path)) {
    return [];
  }
  if (path.startsWith("/")) {
    return (await rootFolders(base, root, exists)).map((folder) => Uri.joinPath(folder, path));
  }
  const beside = Uri.joinPath(relativeStart(linked), "..", path);
  // In code of a site, a path without a dot may be relative to the page, which starts at the root.
  const isCode = followsProject(languageId) && !path.startsWith(".");
  return [beside, ...(isCode ? (await rootFolders(base, root, exists)).map((each) => Uri.joinPath(each, path)) : [])];
}

/** An open document as a text with links; `undefined` if no folder is open. */
export function linkedTextOf(document: TextDocument): LinkedText | undefined {
  const base = baseOf(document);
  return base && { base, text: document.getText(), languageId: documentLanguage(document) };
}

/** The file of a link: the one that exists, or else the one that is expected there. */
export interface LinkedFile {
  readonly uri: Uri;
  readonly exists: boolean;
}

/** The file that a link names; `undefined` if it is not in the workspace. */
export async function linkedFile(linked: LinkedText, path: string): Promise<LinkedFile | undefined> {
  const candidates = await linkCandidates(linked, path);
  const isInWorkspace = (uri: Uri) => workspace.getWorkspaceFolder(uri) !== undefined;
  const exists = await Promise.all(candidates.map(uriExists));
  const found = candidates.find((_, index) => exists[index]);
  const uri = found ?? candidates.find(isInWorkspace);
  return uri !== undefined && isInWorkspace(uri) ? { uri, exists: found !== undefined } : undefined;
}
