import { stat } from "node:fs/promises";
import { FilePermission, type Uri, workspace } from "vscode";
import { isReadOnly } from "../workspace/readOnlyFile.ts";

/** Whether a draft may not be replaced: its file is marked as read-only. */
export async function isReadOnlyDraft(uri: Uri): Promise<boolean> {
  if (uri.scheme === "file") {
    return isReadOnly(uri.fsPath, (await stat(uri.fsPath)).mode);
  }
  const { permissions = 0 } = await workspace.fs.stat(uri);
  return (permissions & FilePermission.Readonly) !== 0;
}
