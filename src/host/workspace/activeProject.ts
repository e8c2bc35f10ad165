import {
  FileType,
  TabInputCustom,
  TabInputNotebook,
  TabInputText,
  Uri,
  type WorkspaceFolder,
  window,
  workspace,
} from "vscode";
import { findImageFolder, followsProject } from "../../core/files/imageFolders.ts";
import { uriExists } from "./fileStat.ts";
import { checkWritable } from "./saveLocation.ts";
import { rootOf } from "./workspaceFolders.ts";

/** A file that the user looks at. The language is known for text only. */
interface ActiveFile {
  readonly uri: Uri;
  readonly languageId?: string;
}

/** The file in front: a text, or an image or another file in its own tab. */
function activeFile(): ActiveFile | undefined {
  const input = window.tabGroups.activeTabGroup.activeTab?.input;
  const isFile = input instanceof TabInputText || input instanceof TabInputCustom || input instanceof TabInputNotebook;
  return window.activeTextEditor?.document ?? (isFile ? { uri: input.uri } : undefined);
}

/** The file or folder whose settings and workspace folder count for new pictures. */
export const activeScope = (): Uri | undefined => activeFile()?.uri ?? workspace.workspaceFolders?.[0]?.uri;

/** The project that the user works on. */
export interface ActiveProject {
  /** Its workspace folder. */
  readonly root: WorkspaceFolder;
  /** The folder of its `package.json`, or else the workspace folder. */
  readonly folder: Uri;
  /** The folder where it keeps its images, if one is known; see `core/files/imageFolders.ts`. */
  readonly images: Uri | undefined;
}

/**
 * The nearest folder that has a `package.json`, from `start` up to `root`.
 *
 * @param exists whether a file is there.
 */
export async function findPackage(start: Uri, root: Uri, exists = uriExists): Promise<Uri | undefined> {
  for (let folder = start; ; folder = Uri.joinPath(folder, "..")) {
    if (await exists(Uri.joinPath(folder, "package.json"))) {
      return folder;
    }
    if (folder.path === root.path || folder.path === "/") {
      return undefined;
    }
  }
}

/** Whether it is a folder that can be written, also if it is a symlink: none that leads out. */
async function isUsableFolder(folder: Uri): Promise<boolean> {
  const type = await workspace.fs.stat(folder).then(
    (stat) => stat.type,
    () => FileType.Unknown,
  );
  return (type & FileType.Directory) !== 0 && (await checkWritable(folder)) === undefined;
}

async function findImages(project: Uri): Promise<Uri | undefined> {
  const path = await findImageFolder({
    hasFile: (name) => uriExists(Uri.joinPath(project, name)),
    hasFolder: (name) => isUsableFolder(Uri.joinPath(project, name)),
  });
  return path === undefined ? undefined : Uri.joinPath(project, path);
}

/**
 * The project of a file, or of the first workspace folder without one; `undefined` if no folder is
 * open.
 */
export async function findProjectOf(file: ActiveFile | undefined): Promise<ActiveProject | undefined> {
  const root = rootOf(file?.uri);
  if (root === undefined) {
    return undefined;
  }
  const isInside = file !== undefined && workspace.getWorkspaceFolder(file.uri) !== undefined;
  const start = isInside ? Uri.joinPath(file.uri, "..") : root.uri;
  const folder = await findPackage(start, root.uri);
  const isCode = followsProject(file?.languageId);
  return { root, folder: folder ?? root.uri, images: folder && isCode ? await findImages(folder) : undefined };
}

/** The project of the file in front. */
export const findActiveProject = (): Promise<ActiveProject | undefined> => findProjectOf(activeFile());
