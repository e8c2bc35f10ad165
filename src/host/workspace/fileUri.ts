import { env, Uri } from "vscode";

/**
 * Systems whose usual file systems take `Fox.png` and `fox.png`, composed or decomposed, for one
 * name.
 */
const isCaseInsensitive = ["win32", "darwin"].includes(process.platform);

/**
 * A text that is the same for two URIs of one file, however each of them was written: VS Code
 * writes `%28` where others write `(`, and a system that does not distinguish upper and lower case
 * may spell one file in several ways.
 *
 * @param foldsCase whether upper and lower case, and composed and decomposed characters, are one on
 * this system.
 */
export function uriKey(uri: string | Uri, foldsCase = isCaseInsensitive): string {
  const parsed = typeof uri === "string" ? Uri.parse(uri) : uri;
  const isFolded = foldsCase && parsed.scheme === "file";
  return (isFolded ? parsed.with({ path: parsed.path.normalize("NFC").toLowerCase() }) : parsed).toString();
}

/** Whether two URIs name one file. Compare URIs by this, never by their text. */
export const isSameFile = (one: string | Uri, other: string | Uri): boolean => uriKey(one) === uriKey(other);

/** Whether a picture was kept as this file; `kept` are URIs. */
export function isKeptAs({ kept }: { readonly kept: readonly string[] }, file: string | Uri): boolean {
  const key = uriKey(file);
  return kept.some((uri) => uriKey(uri) === key);
}

/**
 * The URI that this side of a remote window knows a file by: drops come with URIs as the other side
 * sees them. Source: measured in VS Code 1.139.
 */
export const localUri = (uri: Uri): Uri =>
  uri.scheme === "vscode-remote" && env.remoteName !== undefined ? Uri.file(uri.path) : uri;
