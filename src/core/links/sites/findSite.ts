import type { Alias } from "./pathAliases.ts";
import { dependenciesOf } from "./servedByConfig.ts";
import { type ConfigReader, isBelow, type SiteConfig, type SiteTool } from "./site.ts";
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
  /** The tool that makes it; absent if Limn knows none, so that the usual folders are assumed. */
  readonly tool?: SiteTool;
  /** Of `tsconfig.json` or `jsconfig.json`. */
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

/** The parsers, which are loaded when something has to be read with them. */
const loadParsers = () => import("../reading/readImageLinks.ts");

async function readConfig(read: ConfigReader, config: string, document: string): Promise<Partial<SiteConfig>> {
  if ("text" in read) return read.text(config);
  const { readJson, readScript } = await loadParsers();
  return "json" in read ? read.json(readJson(config), document) : read.script(readScript(config));
}

/** The configuration of a tool in the folder; `undefined` if the folder is not a project of it. */
async function siteOf(folder: Folder, tool: SiteTool, packages: ReadonlySet<string>, document: string) {
  const { files = [], configs = [], isConfigShared, packages: ofTool = [], besides, defaults, read } = tool;
  const file = await firstThere(folder, [...configs.flatMap(scriptNames), ...files]);
  const isThere = (file !== undefined && isConfigShared !== true) || ofTool.some((name) => packages.has(name));
  if (!isThere || (besides !== undefined && !(await has(folder, besides)))) return undefined;
  const config = file === undefined || read === undefined ? "" : await folder.files.text(`${folder.path}/${file}`);
  const said = config === "" || read === undefined ? {} : await readConfig(read, config, document);
  return { ...defaults, ...said, tool };
}

async function siteIn(folder: Folder, document: string): Promise<Site | undefined> {
  const { path, files, names } = folder;
  const isPackage = names.includes("package.json");
  const packages = isPackage ? dependenciesOf(await files.text(`${path}/package.json`)) : new Set<string>();
  const below = document.slice(path.length).replace(/^\//, "");
  const tsconfig = ["tsconfig.json", "jsconfig.json"].find((name) => names.includes(name));
  const aliases = async () => {
    const text = tsconfig === undefined ? "" : await files.text(`${path}/${tsconfig}`);
    return text === "" ? [] : (await loadParsers()).aliasesOf(text);
  };
  for (const tool of siteTools) {
    const found = await siteOf(folder, tool, packages, below);
    const isOther = tool.isContentOnly === true && found?.content.some((each) => isBelow(below, each)) === false;
    if (found !== undefined && !isOther) return { ...found, root: path, aliases: await aliases() };
  }
  const config = { served: usualServedFolders, base: "", content: [""] };
  return isPackage ? { ...config, root: path, aliases: await aliases() } : undefined;
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
