import { type Uri, workspace } from "vscode";
import type { SiteFiles } from "../../core/links/sites/findSite.ts";
import { readRegularFile } from "../workspace/readRegularFile.ts";

/** Bytes of a configuration that are read at most. */
const maxBytes = 1_000_000;

/** Number of files and folders that are remembered. */
const maxRemembered = 2000;

/**
 * Milliseconds after which a change surely gets another time: file systems count in steps of up to
 * two seconds.
 */
const resolution = 4000;

/** Something that was read, and the state of its file or folder. */
interface Remembered<Content> {
  readonly content: Content;
  readonly mtime: number;
  readonly size: number;
}

/**
 * Reads a file or folder again only after a change. It looks at its time, since file systems
 * report changes late, or not at all. Other file systems than disks may have no time.
 */
function rememberUntilChange<Content>(read: (uri: Uri) => Promise<Content>, absent: Content) {
  const remembered = new Map<string, Remembered<Content>>();
  return async (uri: Uri): Promise<Content> => {
    const key = uri.toString();
    const known = remembered.get(key);
    try {
      const { mtime, size } = await workspace.fs.stat(uri);
      if (known !== undefined && known.mtime === mtime && known.size === size) return known.content;
      const content = await read(uri);
      remembered.delete(key);
      if (uri.scheme === "file" && Date.now() - mtime > resolution) {
        if (remembered.size >= maxRemembered) remembered.clear();
        remembered.set(key, { content, mtime, size });
      }
      return content;
    } catch {
      remembered.delete(key);
      return absent;
    }
  };
}

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
  const at = (path: string) => placeNow(document.with({ path }));
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
