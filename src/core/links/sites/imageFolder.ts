import type { Site } from "./findSite.ts";
import { joinPath } from "./site.ts";
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

/** Folders of a site that contain more than files that are served as they are. */
const mixed = ({ tool, content }: Site): readonly string[] => (tool === undefined ? [""] : ["", ...content]);

/**
 * The folder in which a project keeps its images: an absolute path of one that exists, or
 * `undefined`. First those that the site serves, then those whose images are imported.
 *
 * @param hasFolder whether there is a folder that pictures can be saved in.
 */
export async function findImageFolder(
  site: Site,
  hasFolder: (path: string) => Promise<boolean>,
): Promise<string | undefined> {
  const isThere = (path: string) => hasFolder(joinPath(site.root, path));
  const served = site.served.map(({ folder }) => folder);
  for (const folder of [...(site.tool?.images ?? []), ...served, ...importedFolders]) {
    if (!(await isThere(folder))) continue;
    for (const inner of innerFolders.map((name) => joinPath(folder, name))) {
      if (await isThere(inner)) return joinPath(site.root, inner);
    }
    // Among pages and sources, images have a folder of their own.
    if (!mixed(site).includes(folder)) return joinPath(site.root, folder);
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
