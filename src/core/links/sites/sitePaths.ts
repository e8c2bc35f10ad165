import { aliases } from "../aliases.ts";
import { isProjectPage, isReadme } from "../projectPage.ts";
import { relativePath } from "../relativePath.ts";
import { folderOf } from "./configValue.ts";
import type { Site } from "./findSite.ts";
import { documentKind, isBelow, joinPath, pathBelow } from "./site.ts";

/** A document that has links, by its absolute path and VS Code's identifier of its language. */
export interface SiteDocument {
  readonly path: string;
  readonly languageId: string;
}

const belowRoot = ({ root }: Site, path: string): string => path.slice(root.length).replace(/^\//, "");

/** Whether a Markdown document becomes a page of the site. Others are read in the repository. */
const isContent = (site: Site, path: string): boolean =>
  site.content.some((folder) => isBelow(belowRoot(site, path), folder));

/** Languages whose own tools know no root of a site. */
const isPrinted = (languageId: string): boolean => ["restructuredtext", "asciidoc", "latex"].includes(languageId);

/** Whether a document is a page about the project or about its code, which no tool publishes. */
function isAboutProject(site: Site, path: string): boolean {
  const { root, tool } = site;
  // Tools make pages of the README files among their content.
  const isOfCode = tool?.readmeFolders?.some((folder) => isBelow(belowRoot(site, path), folder)) === true;
  return (
    isProjectPage(path, tool === undefined ? path.slice(0, path.lastIndexOf("/")) : root) ||
    (isOfCode && isReadme(path))
  );
}

/** Whether the document is shown on the site, and not only in the repository. */
export const isOnSite = (site: Site, { path, languageId }: SiteDocument): boolean =>
  !isAboutProject(site, path) && (languageId !== "markdown" || isContent(site, path));

/** The path without the site's base path; `undefined` if it does not start with it. */
const withoutBase = (path: string, base: string): string | undefined =>
  base !== "" && path.startsWith(`${base}/`) ? path.slice(base.length) : undefined;

/** Whether a link has the base path, since the tool does not add it. Only some tools do. */
const isBaseWritten = ({ tool }: Site, languageId: string): boolean =>
  tool === undefined || tool.basePathIn?.includes(documentKind(languageId)) === true;

/** A file that a path from the site's root may name, and the served folder that it is in. */
export interface ServedPlace {
  /** Absolute, like `file`. */
  readonly folder: string;
  readonly file: string;
}

/**
 * Where the file of a path from the site's root may be, the most likely place first.
 *
 * @param path starts with a slash.
 */
export function servedPlaces(site: Site, { languageId }: SiteDocument, path: string): readonly ServedPlace[] {
  const stripped = withoutBase(path, site.base);
  const paths = isBaseWritten(site, languageId) ? [stripped, path] : [path, stripped];
  return paths.flatMap((each) => {
    const below = each === undefined ? undefined : folderOf(`.${each}`);
    return below === undefined
      ? []
      : site.served
          .filter(({ url }) => isBelow(`/${below}`, url))
          .toSorted((one, other) => other.url.length - one.url.length)
          .map(({ folder, url }) => ({
            folder: pathBelow(site.root, folder),
            file: pathBelow(site.root, folder, below.slice(url.length)),
          }));
  });
}

/**
 * Where a path that starts with an alias may lead: absolute paths, the most likely one first. An
 * alias of the project stands for no other folder, also if its own is not in the project.
 */
export function aliasedPlaces(site: Site, path: string): readonly string[] {
  const [own, usual] = [site.aliases, aliases].map((all) => all.filter(([alias]) => path.startsWith(alias)));
  const matching = own?.length ? own : (usual ?? []);
  const places = matching.flatMap(([alias, folders]) =>
    folders.flatMap((folder) => folderOf(joinPath(folder, path.slice(alias.length))) ?? []),
  );
  // On Windows, a backslash would separate folders.
  return path.includes("\\") ? [] : [...new Set(places)].map((place) => `${site.root}/${place}`);
}

/** The path of a file with an alias of the project; `undefined` if it is below none of them. */
function aliasedPath(site: Site, file: string): string | undefined {
  const below = isBelow(file, site.root) ? belowRoot(site, file) : "";
  const [found] = site.aliases
    .flatMap(([alias, folders]) => folders.slice(0, 1).map((folder) => ({ alias, folder })))
    .filter(({ folder }) => below !== "" && below !== folder && isBelow(below, folder))
    .toSorted((one, other) => other.folder.length - one.folder.length);
  return found && joinPath(found.alias.slice(0, -1), below.slice(found.folder.length).replace(/^\//, ""));
}

/** The path of a file from the root of the site; `undefined` if the site does not serve it. */
function pathFromRoot(site: Site, { languageId }: SiteDocument, file: string): string | undefined {
  const below = isBelow(file, site.root) ? belowRoot(site, file) : undefined;
  const [served] = site.served
    .filter(({ folder }) => below !== undefined && isBelow(below, folder))
    .toSorted((one, other) => other.folder.length - one.folder.length);
  if (below === undefined || served === undefined) return undefined;
  // A configuration may name a single file, whose address is that of the file.
  const rest = below.slice(served.folder.length).replace(/^(?!\/)(?=.)/, "/");
  // Jekyll publishes no folder or file that starts with an underscore.
  const isLeftOut = site.tool?.id === "jekyll" && rest.includes("/_");
  const path = served.url + rest;
  return isLeftOut || path === "" ? undefined : (isBaseWritten(site, languageId) ? site.base : "") + path;
}

/** Hugo serves the files of a page bundle beside the page. */
const isInBundle = ({ path }: SiteDocument, file: string): boolean =>
  /\/_?index\.[\w.-]+$/.test(path) && isBelow(file, path.slice(0, path.lastIndexOf("/")));

/** How a document writes its links. */
interface LinkHabits {
  readonly start?: string;
  readonly usesRoot?: boolean;
  readonly usesAliases?: boolean;
}

/**
 * The path of a link to a file as the built site, or the repository if the document is read there,
 * needs it; without escapes.
 *
 * @param start a file in the folder that relative paths start in; the document's path by default.
 * @param usesRoot whether the document has paths from the root already.
 * @param usesAliases whether most of its paths start with aliases.
 */
export function siteLinkPath(
  site: Site | undefined,
  document: SiteDocument,
  file: string,
  { start = document.path, usesRoot = false, usesAliases = false }: LinkHabits = {},
): string {
  const relative = relativePath(start, file);
  if (site === undefined) return relative;
  const isWanted =
    site.links === "root" ? !isProjectPage(document.path, site.root) : usesRoot && !isAboutProject(site, document.path);
  const isShown = isOnSite(site, document) || isWanted;
  const isRelative = !isShown || (site.links ?? site.tool?.links) === "relative" || isPrinted(document.languageId);
  const isBundle = site.tool?.id === "hugo" && isInBundle(document, file);
  const fromRoot = isRelative || isBundle ? undefined : pathFromRoot(site, document, file);
  const isDotted = site.tool?.dottedIn?.includes(documentKind(document.languageId)) === true;
  const aliased = usesAliases && fromRoot === undefined ? aliasedPath(site, file) : undefined;
  return fromRoot ?? aliased ?? (isShown && isDotted && !relative.startsWith("../") ? `./${relative}` : relative);
}
