import { type Uri, workspace } from "vscode";
import { uriKey } from "./fileUri.ts";

/** Number of files and folders that are remembered. */
const maxRemembered = 2000;

/**
 * Milliseconds after which a change surely gets another time: file systems count in steps of up to
 * two seconds.
 */
const resolution = 4000;

/** What is read or was read, and the state of its file or folder. */
interface Remembered<Content> {
  readonly content: Promise<Content>;
  readonly mtime: number;
  readonly size: number;
}

/**
 * Reads a file or folder again only after a change, and once for all that wait for it. It looks at
 * its time, since file systems report changes late, or not at all. Other file systems than disks
 * may have no time.
 *
 * @param absent the content of a file or folder that cannot be read.
 */
export function rememberUntilChange<Content>(
  read: (uri: Uri) => Promise<Content>,
  absent: Content,
): (uri: Uri) => Promise<Content> {
  const remembered = new Map<string, Remembered<Content>>();
  return async (uri) => {
    const key = uriKey(uri);
    try {
      const { mtime, size } = await workspace.fs.stat(uri);
      const known = remembered.get(key);
      if (known !== undefined && known.mtime === mtime && known.size === size) return await known.content;
      const content = read(uri);
      remembered.delete(key);
      if (uri.scheme === "file" && Date.now() - mtime > resolution) {
        if (remembered.size >= maxRemembered) remembered.clear();
        remembered.set(key, { content, mtime, size });
      }
      return await content;
    } catch {
      remembered.delete(key);
      return absent;
    }
  };
}
