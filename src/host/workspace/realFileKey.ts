import { Uri } from "vscode";
import { realPathOf } from "../storage/realPath.ts";
import { uriKey } from "./fileUri.ts";

/**
 * A key that is the same for all URIs of one file, also through symlinks. Where these cannot be
 * followed, it is `uriKey`.
 */
export async function realFileKey(uri: Uri): Promise<string> {
  const path = uri.scheme === "file" ? await realPathOf(uri.fsPath).catch(() => undefined) : undefined;
  return uriKey(path === undefined ? uri : Uri.file(path));
}
