import { type Uri, window, workspace } from "vscode";
import { formatOfName } from "../../../core/pictures/pictureFormat.ts";
import type { DraftView } from "../../../protocol.ts";
import { requestDefaults } from "../../request/requestDefaults.ts";
import { settingsPath } from "../../workspace/settingsPath.ts";
import { rootOf } from "../../workspace/workspaceFolders.ts";

/** The file or folder that decides on the settings and the workspace folder of a draft. */
export const settingsScope = (): Uri | undefined =>
  window.activeTextEditor?.document.uri ?? workspace.workspaceFolders?.[0]?.uri;

/** What the settings say for a new draft; the path is empty if no folder is open. */
export function draftDefaults(): DraftView["defaults"] {
  const scope = settingsScope();
  const root = rootOf(scope);
  const { format, quality, outputType, ttl = 0 } = requestDefaults(scope);
  const path = root === undefined ? "" : settingsPath(root);
  return { format: formatOfName(path) ?? format, quality, path, outputType, ttl };
}
