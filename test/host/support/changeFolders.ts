import assert from "node:assert/strict";
import { type Uri, workspace } from "vscode";

/** Changes the folders of the workspace and waits until VS Code has done so. */
export async function changeFolders(start: number, remove: number, ...add: readonly Uri[]): Promise<void> {
  const changed = new Promise<void>((resolve) => {
    const subscription = workspace.onDidChangeWorkspaceFolders(() => {
      subscription.dispose();
      resolve();
    });
  });
  assert.ok(workspace.updateWorkspaceFolders(start, remove, ...add.map((uri) => ({ uri }))));
  await changed;
}
