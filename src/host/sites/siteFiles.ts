import { type Uri, workspace } from "vscode";
import type { SiteFiles } from "../../core/links/sites/findSite.ts";
import { readRegularFile } from "../workspace/readRegularFile.ts";
import { rememberUntilChange } from "../workspace/rememberUntilChange.ts";

/** Bytes of a configuration that are read at most. */
const maxBytes = 1_000_000;

const namesIn = rememberUntilChange<readonly string[]>(
  async (folder) => (await workspace.fs.readDirectory(folder)).map(([name]) => name),
  [],
);

const textOf = rememberUntilChange<string>(
  async (file) => Buffer.from((await readRegularFile(file, maxBytes)) ?? []).toString(),
  "",
);

/**
 * The files around a document, as far as they say what site it belongs to.
 *
 * @param document its scheme and authority are those of the files.
 * @param placeNow where a file or folder is now, if the paths are those before a move.
 */
export function siteFiles(document: Uri, placeNow: (uri: Uri) => Uri | undefined = (uri) => uri): SiteFiles {
  // The path of the root of a file system is empty here.
  const at = (path: string) => placeNow(document.with({ path: path === "" ? "/" : path }));
  return {
    names: async (folder) => {
      const uri = at(folder);
      return uri === undefined ? [] : namesIn(uri);
    },
    text: async (file) => {
      const uri = at(file);
      return uri === undefined ? "" : textOf(uri);
    },
  };
}
