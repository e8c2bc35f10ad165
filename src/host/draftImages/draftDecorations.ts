import { sep } from "node:path";
import {
  type CancellationToken,
  commands,
  Disposable,
  EventEmitter,
  FileDecoration,
  type FileDecorationProvider,
  l10n,
  type Uri,
  window,
  workspace,
} from "vscode";
import { createConcurrencyLimit } from "../../core/concurrencyLimit.ts";
import { formatOfName } from "../../core/pictures/pictureFormat.ts";
import { draftPathsKey } from "../ids.ts";
import { startTimer } from "../timer.ts";
import { readDraftFile } from "./readDraftFile.ts";

/** Maximum number of files that are read at a time. */
const maxReads = 4;

/** Milliseconds after the last change until the paths of the drafts are passed on. */
const debounceMs = 50;

const isAt = (path: string, fileOrFolder: string): boolean =>
  path === fileOrFolder || path.startsWith(`${fileOrFolder}${sep}`);

/**
 * Marks the drafts among the files that VS Code shows. It asks once for each of them, and again
 * whenever a change is announced, whether it still shows the file or not. So only changes of files
 * that it has asked for are announced.
 */
export class DraftDecorations implements FileDecorationProvider, Disposable {
  readonly #changed = new EventEmitter<Uri>();
  readonly onDidChangeFileDecorations = this.#changed.event;
  readonly #limit = createConcurrencyLimit(maxReads);
  /** By their paths, the images that VS Code has asked for. */
  readonly #asked = new Map<string, Uri>();
  /** Those of them that are drafts. */
  readonly #drafts = new Set<string>();
  readonly #publish: () => void;
  readonly #disposables: Disposable;

  /** `onDrafts` gets the paths of the drafts when they have changed. */
  constructor(onDrafts: (paths: readonly string[]) => void) {
    const timer = startTimer(debounceMs, () => onDrafts([...this.#drafts]));
    this.#publish = () => timer.restart();
    // Of all files, since a folder that is deleted has no events for the files in it. A second
    // watcher, with a pattern for images, would delay other extensions at the start.
    const files = workspace.createFileSystemWatcher("**");
    const refresh = (uri: Uri) => this.#asked.has(uri.fsPath) && this.#changed.fire(uri);
    this.#disposables = Disposable.from(
      this.#changed,
      files,
      files.onDidCreate(refresh),
      files.onDidChange(refresh),
      files.onDidDelete(({ fsPath }) => this.#forget(fsPath)),
      workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
        for (const { uri: folder } of [...added, ...removed]) {
          const inFolder = [...this.#asked.values()].filter(({ fsPath }) => isAt(fsPath, folder.fsPath));
          for (const uri of inFolder) this.#changed.fire(uri);
        }
      }),
      { dispose: () => timer.cancel() },
    );
  }

  async provideFileDecoration(uri: Uri, token: CancellationToken): Promise<FileDecoration | undefined> {
    if (uri.scheme !== "file" || formatOfName(uri.path) === undefined) {
      return undefined;
    }
    this.#asked.set(uri.fsPath, uri);
    return this.#limit(async () => {
      if (token.isCancellationRequested) {
        return undefined;
      }
      const isDraft = workspace.getWorkspaceFolder(uri) !== undefined && (await readDraftFile(uri)) !== undefined;
      this.#keep(uri.fsPath, isDraft);
      return isDraft
        ? new FileDecoration("D", l10n.t("Draft of Limn: “Limn: Render Drafts…” makes its picture"))
        : undefined;
    });
  }

  #keep(path: string, isDraft: boolean): void {
    if (this.#drafts.has(path) !== isDraft) {
      this.#drafts[isDraft ? "add" : "delete"](path);
      this.#publish();
    }
  }

  #forget(fileOrFolder: string): void {
    for (const path of [...this.#drafts].filter((draft) => isAt(draft, fileOrFolder))) {
      this.#keep(path, false);
    }
  }

  dispose(): void {
    this.#disposables.dispose();
  }
}

/** Marks drafts in the explorer and in tabs, and offers to render them in context menus. */
export function decorateDrafts(): Disposable {
  const decorations = new DraftDecorations((paths) => {
    void commands.executeCommand("setContext", draftPathsKey, paths);
  });
  return Disposable.from(decorations, window.registerFileDecorationProvider(decorations));
}
