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
import { documentLanguage } from "../imageLinks/documentLanguage.ts";
import { checkWritable } from "./saveLocation.ts";
import { rootOf } from "./workspaceFolders.ts";

/** A file that the user looks at. The language is known for text only. */
interface ActiveFile {
  readonly uri: Uri;
  readonly languageId?: string;
}

/** The file in front: a text, or an image or another file in its own tab. */
function activeFile(): ActiveFile | undefined {
  const document = window.activeTextEditor?.document;
  if (document !== undefined) {
    return { uri: document.uri, languageId: documentLanguage(document) };
  }
  const input = window.tabGroups.activeTabGroup.activeTab?.input;
  const isFile = input instanceof TabInputText || input instanceof TabInputCustom || input instanceof TabInputNotebook;
  return isFile ? { uri: input.uri } : undefined;
}

/** The file or folder whose settings and workspace folder count for new pictures. */
export const activeScope = (): Uri | undefined => activeFile()?.uri ?? workspace.workspaceFolders?.[0]?.uri;

/** The project that the user works on. */
export interface ActiveProject {
  /** Its workspace folder. */
  readonly root: WorkspaceFolder;
  /** The folder of its `package.json` or its tool, or else the workspace folder. */
  readonly folder: Uri;
  /** The folder where it keeps its images, if one is known; see `findImageFolder`. */
  readonly images: Uri | undefined;
}

/** Whether it is a folder that can be written, also if it is a symlink: none that leads out. */
async function isUsableFolder(folder: Uri): Promise<boolean> {
  const type = await workspace.fs.stat(folder).then(
    (stat) => stat.type,
    () => FileType.Unknown,
  );
  return (type & FileType.Directory) !== 0 && (await checkWritable(folder)) === undefined;
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
  const document = isInside ? file.uri : Uri.joinPath(root.uri, "file");
  const { projectAround } = await import("../sites/siteRules.ts");
  const project = await projectAround(document, root.uri, file?.languageId, isUsableFolder);
  return { root, folder: project?.folder ?? root.uri, images: project?.images };
}

/** The project of the file in front. */
export const findActiveProject = (): Promise<ActiveProject | undefined> => findProjectOf(activeFile());
