import type { Uri, WorkspaceFolder } from "vscode";
import { parseTemplate } from "../../core/files/naming.ts";
import { setting } from "../settings.ts";
import { parseSavePath, type SaveLocation } from "./saveLocation.ts";
import { labelledPath, rootOf } from "./workspaceFolders.ts";

/**
 * Folder and file name of the settings as a path for `parseSavePath`. Both may have placeholders.
 */
export function settingsPath(root: WorkspaceFolder): string {
  const segments = (text: string) =>
    text
      .replaceAll("\\", "/")
      .split("/")
      .filter((segment) => segment !== "" && segment !== ".");
  const name = segments(setting("fileName", root.uri).trim()).join("/");
  return labelledPath(root, [...segments(setting("folder", root.uri)), name].join("/"));
}

/** Parses the path of the settings; throws as `parseSavePath` does. */
export function parseSettingsPath(contextUri: Uri | undefined): SaveLocation {
  const root = rootOf(contextUri);
  if (root === undefined) {
    return parseSavePath(".", "", contextUri);
  }
  const name = setting("fileName", root.uri).trim();
  // In a whole path, “..” may lead to another workspace folder. In the setting of the name it may
  // not.
  parseTemplate(name);
  return parseSavePath(settingsPath(root), name, root.uri);
}
