// Entry of dist/siteRules.js: what is known of the web site that a document belongs to. It is
// loaded when a link is read or written, or a folder is proposed.
import { type Uri, workspace } from "vscode";
import type { ImageElement } from "../../core/links/linkEdit.ts";
import { hasImageExtension } from "../../core/links/reading/imageLink.ts";
import { findSite, type Site } from "../../core/links/sites/findSite.ts";
import { imageElement } from "../../core/links/sites/imageElement.ts";
import { findImageFolder, followsSite } from "../../core/links/sites/imageFolder.ts";
import { pathBelow } from "../../core/links/sites/site.ts";
import { isOnSite, type SiteDocument, siteLinkPath } from "../../core/links/sites/sitePaths.ts";
import { withSetting } from "../../core/links/sites/siteSetting.ts";
import type { Pixels } from "../../core/models/size.ts";
import { setting } from "../settings.ts";
import { uriExists } from "../workspace/fileStat.ts";
import { folderAbove, isSameFile } from "../workspace/fileUri.ts";
import { siteFiles } from "./siteFiles.ts";

export { aliasedPlaces, servedPlaces } from "../../core/links/sites/sitePaths.ts";

/**
 * The site or package of a document; `undefined` if there is none in the workspace folder.
 *
 * @param root the workspace folder.
 * @param placeNow see `siteFiles`.
 */
export async function siteAround(
  document: Uri,
  root: Uri,
  placeNow?: (uri: Uri) => Uri | undefined,
): Promise<Site | undefined> {
  const above = folderAbove(document, root)?.path.replace(/\/$/, "");
  if (above === undefined) return undefined;
  const found = await findSite(siteFiles(document, placeNow), document.path, above);
  return withSetting(found, setting("sites", root), document.path, above);
}

/** Whether image links of a text have paths from the root of the site, and most of them aliases. */
async function linkHabits(text: string, languageId: string) {
  const { readImageLinks } = await import("../../core/links/reading/readImageLinks.ts");
  const paths = readImageLinks(text, languageId).map(({ path }) => path);
  const aliased = paths.filter((path) => /^[@~#$]/.test(path));
  return {
    usesRoot: paths.some((path) => /^\/(?!\/)/.test(path)),
    usesAliases: aliased.length * 2 > paths.length,
  };
}

/** The path of a file whose workspace folder is spelled as that of a document is. */
function pathBeside(file: Uri, document: Uri, root: Uri): string {
  const [ofFile, ofDocument] = [folderAbove(file, root), folderAbove(document, root)];
  return ofFile === undefined || ofDocument === undefined
    ? file.path
    : ofDocument.path + file.path.slice(ofFile.path.length);
}

/** The code of a document, which may import images and elements. */
const codeOf = async (text: string, languageId: string): Promise<string> =>
  /^import\b/m.test(text) ? (await import("../../core/links/linkPlaces.ts")).codeAlone(text, languageId) : text;

/** The document of a link. */
interface LinkPlace {
  readonly base: Uri;
  /** A URI in the folder that relative paths of the document start in. */
  readonly start: Uri;
  /** VS Code's identifier. */
  readonly languageId: string;
}

/** What a link to a file needs; see `siteLinkPath` and `imageElement`. */
interface SiteLink {
  /** Without escapes. */
  readonly path: string;
  /** Of the document's framework, if it uses one. */
  readonly element: ImageElement | undefined;
}

/**
 * Reads the site and the links of a document, and returns what a link from it to a file needs. The
 * size is that of the image in pixels, if it is known.
 */
export async function linksFrom({
  base,
  start,
  languageId,
}: LinkPlace): Promise<(file: Uri, size: Pixels | undefined) => SiteLink> {
  const root = workspace.getWorkspaceFolder(base)?.uri;
  const site = root && (await siteAround(base, root));
  const shown: SiteDocument = { path: base.path, languageId };
  const text = workspace.textDocuments.find(({ uri }) => isSameFile(uri, base))?.getText() ?? "";
  const isOffSite = site !== undefined && !isOnSite(site, shown);
  const mayUseAliases = site !== undefined && site.aliases.length > 0 && /[@~#$][\w-]*\//.test(text);
  const { usesRoot, usesAliases } =
    isOffSite || mayUseAliases ? await linkHabits(text, languageId) : { usesRoot: false, usesAliases: false };
  const habits = { start: start.path, usesRoot: isOffSite && usesRoot, usesAliases };
  const found = { tool: site?.tool?.id, component: site?.component, code: await codeOf(text, languageId) };
  return (file, size) => {
    const filePath = root === undefined ? file.path : pathBeside(file, base, root);
    const path = siteLinkPath(site, shown, filePath, habits);
    return { path, element: imageElement(text, languageId, path, size, found) };
  };
}

/** The folder of a site around a file. */
const siteFolder = ({ root }: Site, file: Uri): Uri => file.with({ path: root === "" ? "/" : root });

/** A project and the folder where it keeps its images, if one is known. */
interface ProjectFolders {
  readonly folder: Uri;
  readonly images: Uri | undefined;
}

/**
 * The project of a file; `undefined` if there is none in the workspace folder.
 *
 * @param languageId of a text; absent for other files.
 * @param isUsable whether it is a folder that pictures can be saved in.
 */
export async function projectAround(
  file: Uri,
  root: Uri,
  languageId: string | undefined,
  isUsable: (folder: Uri) => Promise<boolean>,
): Promise<ProjectFolders | undefined> {
  const site = await siteAround(file, root);
  if (site === undefined) return undefined;
  const images = followsSite(site, file.path, languageId)
    ? await findImageFolder(
        site,
        (path) => isUsable(file.with({ path })),
        async (path) => (await siteFiles(file).names(path)).some(hasImageExtension),
      )
    : undefined;
  return {
    folder: siteFolder(site, file),
    images: images === undefined ? undefined : file.with({ path: images }),
  };
}

/** The folder that is served from the root of the site around a file, or else the project's. */
export async function siteRootAround(file: Uri, root: Uri): Promise<Uri> {
  const site = await siteAround(file, root);
  for (const { folder, url } of site?.served ?? []) {
    const served = file.with({ path: pathBelow(site?.root ?? "", folder) });
    if (url === "" && (await uriExists(served))) return served;
  }
  return site === undefined ? root : siteFolder(site, file);
}
