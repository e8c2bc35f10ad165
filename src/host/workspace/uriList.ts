import { Uri } from "vscode";
import { localUri } from "./fileUri.ts";

function parseUri(line: string): Uri | undefined {
  try {
    return localUri(Uri.parse(line, true));
  } catch {
    return undefined;
  }
}

/** The URIs of a `text/uri-list`; `undefined` for a line that is not one. Source: RFC 2483, 5. */
export const parseUriList = (list: string): readonly (Uri | undefined)[] =>
  list
    .split(/\r?\n/)
    .filter((line) => line.trim() !== "" && !line.startsWith("#"))
    .map(parseUri);
