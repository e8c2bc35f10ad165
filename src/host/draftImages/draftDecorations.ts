import { commands, Disposable, EventEmitter, FileDecoration, l10n, type Uri, window, workspace } from "vscode";
import { formatByExtension, formatOfName } from "../../core/pictures/pictureFormat.ts";
import { draftPathsKey } from "../ids.ts";
import { readDraftFile } from "./readDraftFile.ts";

/** Whether VS Code may ask for a decoration of the file that needs reading. */
const isImageOnDisk = (uri: Uri): boolean =>
  uri.scheme === "file" && formatOfName(uri.path) !== undefined && workspace.getWorkspaceFolder(uri) !== undefined;

/**
 * Marks drafts in the explorer and in tabs, and offers to render them in context menus. VS Code
 * asks only for files that it shows, and of each of them only the first bytes are read, so nothing
 * is searched and nothing is remembered.
 */
export function decorateDrafts(): Disposable {
  const changed = new EventEmitter<Uri>();
  const paths = new Set<string>();
  const setIsDraft = ({ fsPath }: Uri, isDraft: boolean) => {
    if (paths.has(fsPath) !== isDraft) {
      paths[isDraft ? "add" : "delete"](fsPath);
      void commands.executeCommand("setContext", draftPathsKey, [...paths]);
    }
  };
  const watcher = workspace.createFileSystemWatcher(`**/*.{${Object.keys(formatByExtension).join()}}`);
  const refresh = (uri: Uri) => changed.fire(uri);
  const provider = window.registerFileDecorationProvider({
    onDidChangeFileDecorations: changed.event,
    async provideFileDecoration(uri) {
      if (!isImageOnDisk(uri)) {
        return undefined;
      }
      const isDraft = (await readDraftFile(uri)) !== undefined;
      setIsDraft(uri, isDraft);
      return isDraft
        ? new FileDecoration("D", l10n.t("Draft of Limn: “Limn: Render Drafts…” makes its picture"))
        : undefined;
    },
  });
  return Disposable.from(
    changed,
    watcher,
    watcher.onDidCreate(refresh),
    watcher.onDidChange(refresh),
    // VS Code asks no more about a file that is gone.
    watcher.onDidDelete((uri) => setIsDraft(uri, false)),
    provider,
  );
}
