import { findSite, type Site, type SiteFiles } from "../../../../src/core/links/sites/findSite.ts";

/** A project in `root`, as the texts of its files. The path of an empty folder ends in a slash. */
export type ProjectFiles = Readonly<Record<string, string>>;

/** The folder of the projects; the workspace folder is above it. */
export const root = "/work/site";

/** The files of a project, without a disk. */
export function filesOf(files: ProjectFiles): SiteFiles {
  const paths = Object.keys(files).map((path) => `${root}/${path}`);
  return {
    names: async (folder) => {
      const below = paths.filter((path) => path.startsWith(`${folder}/`)).map((path) => path.slice(folder.length + 1));
      return [...new Set(below.map((path) => path.replace(/\/.*/s, "")))];
    },
    text: async (file) => files[file.slice(root.length + 1)] ?? "",
  };
}

/** The site of a document of the project. */
export const siteOf = (files: ProjectFiles, document: string): Promise<Site | undefined> =>
  findSite(filesOf(files), `${root}/${document}`, "/work");

/** A `package.json` that depends on packages. */
export const packageWith = (...names: readonly string[]): string =>
  JSON.stringify({ dependencies: Object.fromEntries(names.map((name) => [name, "1.0.0"])) });
