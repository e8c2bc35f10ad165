import type { Site } from "./findSite.ts";
import { joinPath, pathBelow, type ServedFolder } from "./site.ts";
import { isOnSite } from "./sitePaths.ts";

/** Folders whose images are imported by code, in the order in which they are tried. */
const importedFolders = [
  // Astro, “Images”; the templates of create-vite and create-vue; Angular up to version 17.
  "src/assets",
  // Gatsby, “Gatsby Image plugin”.
  "src/images",
  // Nuxt, “assets”; Expo, “Assets”; Jekyll, “Assets”.
  "assets",
  // No tool's convention, but the default of `limn.folder`.
  "images",
];

/** Names of a folder for images inside one for files of all kinds. */
const innerFolders = ["images", "img"];

/** The last part of the path of a folder for images, and of one for all files of a site. */
const imageFolder = /(?:^|\/)(?:images?|imgs?|media|assets|pictures|pics|photos)$/i;
const publicFolder = /(?:^|\/)(?:public|static)$/i;
/** Folders of served files that are no images, and folders below them. */
const otherFolder = /(?:^|\/)(?:css|styles|js|scripts|fonts|i18n|locales|node_modules)(?:\/|$)/i;

/**
 * The served folders that may keep images, the most likely one first: by its name, then one for
 * files of all kinds, then one that has an image already.
 *
 * @param hasImage whether a folder contains an image. The path is absolute.
 */
async function servedForImages(
  { root, served }: Site,
  hasImage: (path: string) => Promise<boolean>,
): Promise<readonly string[]> {
  const rankOf = async ({ folder, url }: ServedFolder): Promise<number> => {
    if (imageFolder.test(folder)) return 0;
    // A folder that is served from the root is the public one, whatever its name is.
    if (publicFolder.test(folder) || url === "") return 1;
    return (await hasImage(pathBelow(root, folder))) ? 2 : Number.POSITIVE_INFINITY;
  };
  const possible = served.filter(({ folder }) => !otherFolder.test(folder));
  const ranked = await Promise.all(possible.map(async (each) => ({ folder: each.folder, rank: await rankOf(each) })));
  return ranked
    .filter(({ rank }) => Number.isFinite(rank))
    .toSorted((one, other) => one.rank - other.rank)
    .map(({ folder }) => folder);
}

/** Folders of a site that contain more than files that are served as they are. */
const mixed = ({ tool, content }: Site): readonly string[] => (tool === undefined ? [""] : ["", ...content]);

/**
 * The folder in which a project keeps its images: an absolute path of one that exists, or
 * `undefined`. First those that the site serves, then those whose images are imported.
 *
 * @param hasFolder whether there is a folder that pictures can be saved in.
 * @param hasImage see `servedForImages`.
 */
export async function findImageFolder(
  site: Site,
  hasFolder: (path: string) => Promise<boolean>,
  hasImage: (path: string) => Promise<boolean>,
): Promise<string | undefined> {
  const isThere = (path: string) => hasFolder(pathBelow(site.root, path));
  const served = await servedForImages(site, hasImage);
  for (const folder of [...(site.tool?.images ?? []), ...served, ...importedFolders]) {
    if (!(await isThere(folder))) continue;
    for (const inner of innerFolders.map((name) => joinPath(folder, name))) {
      if (await isThere(inner)) return pathBelow(site.root, inner);
    }
    // Among pages and sources, images have a folder of their own.
    if (!mixed(site).includes(folder)) return pathBelow(site.root, folder);
  }
  return undefined;
}

/** Languages of documents that are read without a build, unless a tool makes pages of them. */
const documentLanguages: ReadonlySet<string> = new Set([
  "markdown",
  "mdx",
  "html",
  "restructuredtext",
  "asciidoc",
  "latex",
]);

/** Whether the project around a document decides where its images are: it does for code. */
export const followsProject = (languageId: string | undefined): boolean =>
  languageId === undefined || !documentLanguages.has(languageId);

/** Whether the images of a document belong into the folder of its project. */
export const followsSite = (site: Site, path: string, languageId: string | undefined): boolean =>
  languageId === undefined ||
  followsProject(languageId) ||
  (site.tool !== undefined && site.content.length > 0 && isOnSite(site, { path, languageId }));
