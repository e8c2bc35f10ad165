import { type TextDocument, Uri, workspace } from "vscode";
import { asciidocImagesFolder } from "../../core/links/imagesFolder.ts";
import { isProjectPage } from "../../core/links/projectPage.ts";
import type { Site } from "../../core/links/sites/findSite.ts";
import { followsProject } from "../../core/links/sites/imageFolder.ts";
import { uriExists } from "../workspace/fileStat.ts";
import { rootOf } from "../workspace/workspaceFolders.ts";
import { documentLanguage } from "./documentLanguage.ts";

/** Whether a path has code of a template or half of a character, so that it names no file. */
const hasCode = (path: string): boolean => /[{}<>\0\p{Cs}]/u.test(path);

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

/** Whether a file or folder exists. */
export type Exists = (uri: Uri) => Promise<boolean>;

/** The files that links lead to, as they are now or were at another time. */
export interface FileView {
  readonly exists: Exists;
  /** The site of a document in a workspace folder. */
  readonly siteOf: (document: Uri, root: Uri) => Promise<Site | undefined>;
}

const loadSiteRules = () => import("../sites/siteRules.ts");

/** The files as they are now. */
export const currentFiles: FileView = {
  exists: uriExists,
  siteOf: async (document, root) => (await loadSiteRules()).siteAround(document, root),
};

/** Asks for each key once, also while the answer is awaited. */
function askedOnce<Arguments extends readonly [Uri, ...Uri[]], Answer>(
  ask: (...uris: Arguments) => Promise<Answer>,
): typeof ask {
  const known = new Map<string, Promise<Answer>>();
  return (...uris) => {
    const key = uris.join("\n");
    const answer = known.get(key) ?? ask(...uris);
    known.set(key, answer);
    return answer;
  };
}

/**
 * The same files, each looked at once: for the links of a document, which are read in one go and
 * have the same site.
 */
export const seenOnce = ({ exists, siteOf }: FileView): FileView => ({
  exists: askedOnce(exists),
  siteOf: askedOnce(siteOf),
});

/** The places in the order of the flags, those that have it first. */
const sortedBy = <Place>(places: readonly Place[], flags: readonly boolean[]): readonly Place[] => [
  ...places.filter((_, index) => flags[index]),
  ...places.filter((_, index) => !flags[index]),
];

/** Where the file of a path from the site's root may be, the most likely place first. */
async function rootedPlaces({ base, languageId }: LinkedText, root: Uri, path: string, files: FileView) {
  const site = await files.siteOf(base, root);
  const inWorkspace = Uri.joinPath(root, path);
  if (site === undefined || isProjectPage(base.path, site.root)) {
    return [inWorkspace];
  }
  const { servedPlaces } = await loadSiteRules();
  const places = servedPlaces(site, { path: base.path, languageId }, path);
  const isThere = await Promise.all(places.map(({ folder }) => files.exists(base.with({ path: folder }))));
  // Without a known tool, a folder is served only if it exists.
  const served = site.tool === undefined ? places.filter((_, index) => isThere[index]) : sortedBy(places, isThere);
  const inProject = Uri.joinPath(base.with({ path: site.root || "/" }), path);
  return [...served.map(({ file }) => base.with({ path: file })), inProject, inWorkspace];
}

/** The places that a path with an alias may name; those whose folder exists come first. */
async function aliasedUris(base: Uri, root: Uri, path: string, files: FileView): Promise<readonly Uri[]> {
  const site = await files.siteOf(base, root);
  const { aliasedPlaces } = await loadSiteRules();
  const places = (site === undefined ? [] : aliasedPlaces(site, path)).map((place) => base.with({ path: place }));
  const isThere = await Promise.all(places.map((place) => files.exists(Uri.joinPath(place, ".."))));
  return sortedBy(places, isThere);
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
  files: FileView = currentFiles,
): Promise<readonly Uri[]> {
  const { base, languageId } = linked;
  const root = rootOf(base)?.uri;
  if (root === undefined || hasCode(path)) {
    return [];
  }
  const aliased = /^[@~#$]/.test(path) ? await aliasedUris(base, root, path, files) : [];
  if (aliased.length > 0) {
    return aliased;
  }
  if (isUnresolvable(path)) {
    return [];
  }
  if (path.startsWith("/")) {
    return rootedPlaces(linked, root, path, files);
  }
  const beside = Uri.joinPath(relativeStart(linked), "..", path);
  // In code of a site, a path without a dot may be relative to the page, which starts at the root.
  const isCode = followsProject(languageId) && !path.startsWith(".");
  return [beside, ...(isCode ? await rootedPlaces(linked, root, `/${path}`, files) : [])];
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
export async function linkedFile(
  linked: LinkedText,
  path: string,
  files: FileView = currentFiles,
): Promise<LinkedFile | undefined> {
  const candidates = await linkCandidates(linked, path, files);
  const isInWorkspace = (uri: Uri) => workspace.getWorkspaceFolder(uri) !== undefined;
  const exists = await Promise.all(candidates.map(files.exists));
  const found = candidates.find((_, index) => exists[index]);
  const uri = found ?? candidates.find(isInWorkspace);
  return uri !== undefined && isInWorkspace(uri) ? { uri, exists: found !== undefined } : undefined;
}
