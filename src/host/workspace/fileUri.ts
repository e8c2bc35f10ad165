import { env, Uri } from "vscode";

/**
 * Systems whose usual file systems ignore case and Unicode composition: `Fox.png` and `fox.png` are
 * one file.
 */
const isCaseInsensitive = ["win32", "darwin"].includes(process.platform);

/**
 * A key that is the same for all URIs of one file. VS Code writes `%28` where others write `(`, and
 * on some systems upper and lower case name the same file.
 *
 * @param foldsCase whether this system ignores case and Unicode composition.
 */
export function uriKey(uri: string | Uri, foldsCase = isCaseInsensitive): string {
  const parsed = typeof uri === "string" ? Uri.parse(uri) : uri;
  const isFolded = foldsCase && parsed.scheme === "file";
  return (isFolded ? parsed.with({ path: parsed.path.normalize("NFC").toLowerCase() }) : parsed).toString();
}

/** Whether two URIs name the same file. Never compare URIs as text. */
export const isSameFile = (one: string | Uri, other: string | Uri): boolean => uriKey(one) === uriKey(other);

/**
 * A folder as the URI of a file below it spells it: VS Code writes the letter of a drive in either
 * case. `undefined` if the file is not below it.
 */
export function folderAbove(file: Uri, folder: Uri): Uri | undefined {
  const depth = folder.path.split("/").filter((part) => part !== "").length;
  const parts = file.path.split("/");
  const above = file.with({ path: parts.slice(0, depth + 1).join("/") || "/" });
  const isBelow = parts.length > depth + 1 && uriKey(above) === uriKey(folder);
  return isBelow ? above : undefined;
}

/** Keys of the files of a picture: with thousands of pictures, parsing all their URIs is slow. */
const keptKeys = new WeakMap<readonly string[], readonly string[]>();

/** Whether a picture was kept as this file. `kept` are URIs; the list is never changed. */
export function isKeptAs({ kept }: { readonly kept: readonly string[] }, file: string | Uri): boolean {
  const keys = keptKeys.get(kept) ?? kept.map((uri) => uriKey(uri));
  keptKeys.set(kept, keys);
  return keys.includes(uriKey(file));
}

/**
 * The URI of a dropped file on this side of a remote window. Drops contain the URIs of the other
 * side. Source: measured in VS Code 1.139.
 */
export const localUri = (uri: Uri): Uri =>
  uri.scheme === "vscode-remote" && env.remoteName !== undefined ? Uri.file(uri.path) : uri;
