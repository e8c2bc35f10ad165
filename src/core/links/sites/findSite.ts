import { isObject, parseJson, valueAt } from "./configValue.ts";
import type { Alias } from "./pathAliases.ts";
import { isBelow, type SiteConfig, type SiteTool } from "./site.ts";
import { siteTools, usualServedFolders } from "./siteTools.ts";

/** Looks at files; paths are absolute and slash-separated. What does not exist is no error. */
export interface SiteFiles {
  /** Names of the files and folders in a folder; none if it does not exist. */
  readonly names: (folder: string) => Promise<readonly string[]>;
  /** The text of a file; empty if it cannot be read. */
  readonly text: (file: string) => Promise<string>;
}

/** The project around a document, and what is known of its site. */
export interface Site extends SiteConfig {
  /** Its absolute path. */
  readonly root: string;
  /** Links to served files, if the user has chosen: from the root, or relative everywhere. */
  readonly links?: "root" | "relative";
  /** The element for links that the user has chosen; see `imageElement`. */
  readonly component?: string;
  /** The tool that makes it; absent if Limn knows none, so that the usual folders are assumed. */
  readonly tool?: SiteTool;
  /** Of `tsconfig.json`, and of the configuration of a bundler. */
  readonly aliases: readonly Alias[];
}

const scriptExtensions = ["js", "mjs", "cjs", "ts", "mts", "cts"] as const;

const scriptNames = (name: string): readonly string[] => scriptExtensions.map((extension) => `${name}.${extension}`);

/** A folder that may be the root of a site. */
interface Folder {
  readonly path: string;
  readonly files: SiteFiles;
  readonly names: readonly string[];
}

/** Whether a path below the folder exists. Only its first part is sure to be in `names`. */
async function has({ path, files, names }: Folder, below: string): Promise<boolean> {
  const at = below.lastIndexOf("/");
  if (at < 0) return names.includes(below);
  const isPossible = names.includes(below.slice(0, below.indexOf("/")));
  return isPossible && (await files.names(`${path}/${below.slice(0, at)}`)).includes(below.slice(at + 1));
}

async function firstThere(folder: Folder, paths: readonly string[]): Promise<string | undefined> {
  for (const path of paths) {
    if (await has(folder, path)) return path;
  }
  return undefined;
}

/** Names of the packages that a `package.json` depends on; none if it cannot be read. */
function dependenciesOf(packageJson: string): ReadonlySet<string> {
  const json = parseJson(packageJson);
  const groups = ["dependencies", "devDependencies", "peerDependencies"].map((key) => valueAt(json, key));
  return new Set(groups.filter(isObject).flatMap((group) => Object.keys(group)));
}

/** What reads configurations, which is loaded when there is one. */
const loadConfigs = () => import("./siteConfigs.ts");

/** Files that may have aliases of folders, the most important ones first. */
const aliasFiles: readonly string[] = [
  ...["tsconfig.json", "jsconfig.json"],
  ...["vite", "webpack", "astro", "nuxt", "svelte"].flatMap((tool) => scriptNames(`${tool}.config`)),
];

async function aliasesIn({ path, files, names }: Folder): Promise<readonly Alias[]> {
  const configs = aliasFiles.filter((name) => names.includes(name));
  const texts = await Promise.all(configs.map((name) => files.text(`${path}/${name}`)));
  const found = configs.map(async (name, index) => {
    const text = texts[index] ?? "";
    // Most configurations have none, so they need not be parsed.
    return /\balias|"paths"/.test(text) ? (await loadConfigs()).readAliases(name, text) : [];
  });
  return (await Promise.all(found)).flat();
}

/** Folders of a project that are looked into for the folders of its applications. */
const maxApps = 50;

/** The folders of this name in the folders of a project, such as `blog/static`. */
async function appFolders({ path, files, names }: Folder, name: string): Promise<readonly string[]> {
  const apps = names.filter((each) => !each.includes(".")).slice(0, maxApps);
  const inner = await Promise.all(apps.map((app) => files.names(`${path}/${app}`)));
  return apps.filter((_, index) => inner[index]?.includes(name)).map((app) => `${app}/${name}`);
}

/** The configuration of a tool in the folder; `undefined` if the folder is not a project of it. */
async function siteOf(folder: Folder, tool: SiteTool, packages: ReadonlySet<string>, document: string) {
  const {
    files = [],
    configs = [],
    isConfigShared,
    packages: ofTool = [],
    besides,
    defaults,
    isConfigRead,
    appFolder,
  } = tool;
  const file = await firstThere(folder, [...configs.flatMap(scriptNames), ...files]);
  const isThere = (file !== undefined && isConfigShared !== true) || ofTool.some((name) => packages.has(name));
  if (!isThere || (besides !== undefined && !(await has(folder, besides)))) return undefined;
  const config = file !== undefined && isConfigRead ? await folder.files.text(`${folder.path}/${file}`) : "";
  const said = config === "" ? {} : await (await loadConfigs()).readConfig(tool.id, config, document);
  const apps = appFolder === undefined ? [] : await appFolders(folder, appFolder);
  const ofApps = apps.map((each) => ({ folder: each, url: defaults.served[0]?.url ?? "" }));
  const isFirst = appFolder !== undefined && !folder.names.includes(appFolder);
  const served = isFirst ? [...ofApps, ...defaults.served] : [...defaults.served, ...ofApps];
  return { ...defaults, served, ...said, tool };
}

async function siteIn(folder: Folder, document: string): Promise<Site | undefined> {
  const { path, files, names } = folder;
  const isPackage = names.includes("package.json");
  const packages = isPackage ? dependenciesOf(await files.text(`${path}/package.json`)) : new Set<string>();
  const below = document.slice(path.length).replace(/^\//, "");
  for (const tool of siteTools) {
    const found = await siteOf(folder, tool, packages, below);
    const isOther = tool.isContentOnly === true && found?.content.some((each) => isBelow(below, each)) === false;
    if (found !== undefined && !isOther) return { ...found, root: path, aliases: await aliasesIn(folder) };
  }
  const config = { served: usualServedFolders, base: "", content: [""] };
  return isPackage ? { ...config, root: path, aliases: await aliasesIn(folder) } : undefined;
}

/**
 * The site or package that a document belongs to: the nearest folder with the files of a tool or a
 * `package.json`, from the document's own up to `workspace`; `undefined` without one.
 *
 * @param workspace absolute path of the workspace folder.
 */
export async function findSite(files: SiteFiles, document: string, workspace: string): Promise<Site | undefined> {
  let path = document;
  while (path !== workspace && isBelow(path, workspace)) {
    path = path.slice(0, path.lastIndexOf("/"));
    const site = await siteIn({ path, files, names: await files.names(path) }, document);
    if (site !== undefined) return site;
  }
  return undefined;
}
