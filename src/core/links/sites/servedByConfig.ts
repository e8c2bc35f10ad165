import type { Script } from "../reading/scriptValues.ts";
import { basePathOf, folderAt, folderOf, isObject, textAt, valueAt } from "./configValue.ts";
import { isBelow, joinPath, type ServedFolder, type SiteConfig } from "./site.ts";

/** An address without slashes around it, after a slash; empty for the root. */
const urlOf = (path: string): string =>
  path
    .split("/")
    .map((part) => (part === "" || part === "." ? "" : `/${part}`))
    .join("");

/** Whether a path is that of a file, which says nothing about the others in its folder. */
const isFile = (path: string): boolean => /[^/]\.\w+$/.test(path);

/** The folder or file of a glob such as `src/img/**`; `undefined` if it starts with wildcards. */
function globFolder(glob: string): string | undefined {
  const [start = ""] = /^[^*?{[(!]*/.exec(glob) ?? [];
  if (start === glob) return folderOf(glob);
  return folderOf(start.slice(0, start.lastIndexOf("/") + 1)) || undefined;
}

/** The input folder of Eleventy; `undefined` if it is computed. */
function eleventyInput(script: Script): string | undefined {
  const calls = script.calls("setInputDirectory");
  if (calls.length > 0) return calls.length === 1 ? folderAt({ path: calls[0]?.[0] }, "path") : undefined;
  const config = [script.value, script.named("config")].filter(isObject).find((each) => Object.hasOwn(each, "dir"));
  if (config === undefined) return "";
  const dir = valueAt(config, "dir");
  return isObject(dir) && !Object.hasOwn(dir, "input") ? "" : folderAt(dir, "input");
}

/**
 * The files that Eleventy copies: no images without such a call. Source: Eleventy, “Copy Files to
 * Output”. Its HTML plugin adds the base path to links, so they are written without it.
 */
export function eleventyConfig(script: Script): Partial<SiteConfig> {
  const input = eleventyInput(script);
  const served = script.calls("addPassthroughCopy").flatMap(([path]): readonly ServedFolder[] => {
    if (typeof path === "string") {
      const folder = globFolder(path);
      if (folder === undefined || input === undefined) return [];
      // The input folder is not a part of the address.
      return [{ folder, url: urlOf(isBelow(folder, input) ? folder.slice(input.length) : folder) }];
    }
    return Object.entries(isObject(path) ? path : {}).flatMap(([from, to]) => {
      const folder = globFolder(from);
      if (folder === undefined || typeof to !== "string") return [];
      // A file that is copied into a folder keeps its name.
      const isInFolder = isFile(folder) && !isFile(to);
      return [{ folder, url: urlOf(isInFolder ? `${to}/${folder.slice(folder.lastIndexOf("/") + 1)}` : to) }];
    });
  });
  const prefix = textAt(script.value, "pathPrefix") ?? textAt(script.named("config"), "pathPrefix");
  const base = script.passes("EleventyHtmlBasePlugin", "addPlugin") ? "" : basePathOf(prefix);
  return { served, base, ...(input === undefined ? {} : { content: [input] }) };
}

/** A project of a workspace of Angular. */
interface AngularProject {
  readonly root: string;
  readonly sourceRoot: string;
  readonly assets: readonly unknown[];
}

function angularProject(value: unknown): AngularProject {
  const root = folderAt(value, "root") ?? "";
  const sourceRoot = folderAt(value, "sourceRoot") ?? joinPath(root, "src");
  const builds = ["architect", "targets"].map((key) => valueAt(value, `${key}.build.options.assets`));
  return { root, sourceRoot, assets: builds.find((assets) => Array.isArray(assets)) ?? [] };
}

/** The projects that contain the document, the nearest one only, or all if none does. */
function projectsOf(config: unknown, document: string): readonly AngularProject[] {
  const projects = valueAt(config, "projects");
  const all = Object.values(isObject(projects) ? projects : {}).map(angularProject);
  const folders = all
    .flatMap(({ root, sourceRoot }) => [root, sourceRoot])
    .filter((folder) => isBelow(document, folder))
    .sort((one, other) => other.length - one.length);
  const [nearest] = folders;
  const containing = all.filter(({ root, sourceRoot }) => nearest === sourceRoot || nearest === root);
  return containing.length === 0 ? all : containing;
}

function assetFolder(asset: unknown, sourceRoot: string): readonly ServedFolder[] {
  const folder = folderAt(isObject(asset) ? asset : { input: asset }, "input");
  if (folder === undefined || isFile(folder)) return [];
  if (isObject(asset)) return [{ folder, url: urlOf(textAt(asset, "output") ?? "") }];
  return [{ folder, url: urlOf(isBelow(folder, sourceRoot) ? folder.slice(sourceRoot.length) : folder) }];
}

/**
 * The folders of `assets` in `angular.json`. A text is a path whose source folder is not a part of
 * the address. Source: Angular, “Workspace configuration”, “Assets configuration”.
 *
 * @param document its path below the workspace of Angular: each project has its own folders.
 */
export function angularConfig(config: unknown, document: string): Partial<SiteConfig> {
  const served = projectsOf(config, document).flatMap(({ sourceRoot, assets }) =>
    assets.flatMap((asset) => assetFolder(asset, sourceRoot)),
  );
  const unique = new Map(served.map((each) => [`${each.folder}\n${each.url}`, each]));
  return unique.size === 0 ? {} : { served: [...unique.values()] };
}
