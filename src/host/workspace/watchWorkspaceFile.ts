import { Disposable, RelativePattern, workspace } from "vscode";

/**
 * Calls `onChange` when a file changes that is at the same path of each workspace folder, and when
 * the workspace folders change.
 */
export function watchWorkspaceFile(path: string, onChange: () => void): Disposable {
  let watchers = Disposable.from();
  const watch = () => {
    watchers.dispose();
    const created = (workspace.workspaceFolders ?? []).flatMap((folder) => {
      const watcher = workspace.createFileSystemWatcher(new RelativePattern(folder, path));
      return [watcher, watcher.onDidChange(onChange), watcher.onDidCreate(onChange), watcher.onDidDelete(onChange)];
    });
    watchers = Disposable.from(...created);
  };
  watch();
  const foldersListener = workspace.onDidChangeWorkspaceFolders(() => {
    watch();
    onChange();
  });
  return new Disposable(() => {
    foldersListener.dispose();
    watchers.dispose();
  });
}
