import type { Uri, WorkspaceFolder } from "vscode";
import { parseTemplate } from "../../core/files/naming.ts";
import { setting } from "../settings.ts";
import { parseSavePath, type SaveLocation } from "./saveLocation.ts";
import { labelledPath, rootOf } from "./workspaceFolders.ts";

/** A folder for new pictures. */
export interface FolderPath {
  readonly root: WorkspaceFolder;
  /** Below `root`, slash-separated. That of the settings may have placeholders. */
  readonly path: string;
}

const segments = (text: string): readonly string[] =>
  text
    .replaceAll("\\", "/")
    .split("/")
    .filter((segment) => segment !== "" && segment !== ".");

/** The folder of the settings. */
export const settingsFolder = (root: WorkspaceFolder): FolderPath => ({
  root,
  path: segments(setting("folder", root.uri)).join("/"),
});

/** A folder with the file name of the settings, as a path for `parseSavePath`. */
export function pathInFolder({ root, path }: FolderPath): string {
  const name = segments(setting("fileName", root.uri).trim()).join("/");
  return labelledPath(root, [...segments(path), name].join("/"));
}

/** Parses that path; throws as `parseSavePath` does. */
export function parsePathInFolder(folder: FolderPath): SaveLocation {
  const { root } = folder;
  const name = setting("fileName", root.uri).trim();
  // In a whole path, “..” may lead to another workspace folder. In the setting of the name it may
  // not.
  parseTemplate(name);
  return parseSavePath(pathInFolder(folder), name, root.uri);
}

/** Parses the path of the settings; throws as `parseSavePath` does. */
export function parseSettingsPath(contextUri: Uri | undefined): SaveLocation {
  const root = rootOf(contextUri);
  return root === undefined ? parseSavePath(".", "", contextUri) : parsePathInFolder(settingsFolder(root));
}
