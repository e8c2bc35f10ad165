import { access, constants } from "node:fs/promises";
import { sep } from "node:path";
import { FileType, l10n, Uri, workspace } from "vscode";
import { describeDiskError } from "../../core/diskError.ts";
import { checkFolderPlaceholders, hasPlaceholder, parseTemplate, splitExtension } from "../../core/files/naming.ts";
import { checkPath, checkToolFolders } from "../../core/files/pathRules.ts";
import type { OutputFormat } from "../../core/models/model.ts";
import { unescapeInvisible } from "../../core/text/invisibleCharacters.ts";
import { hasCode } from "../storage/fileError.ts";
import { realPathOf } from "../storage/realPath.ts";
import { pathError } from "./pathError.ts";
import { symlinkEscape, symlinkEscapeMessage } from "./symlinkEscape.ts";
import { shownPath, splitRoot } from "./workspaceFolders.ts";

/** A folder, and a name template without extension in it. */
export interface SaveLocation {
  readonly folder: Uri;
  /** May begin with folders that have placeholders too: `{date}/{slug}`. */
  readonly name: string;
  /** The format its extension asks for, where it has one. */
  readonly format: OutputFormat | undefined;
}

/** Resolves `.` and `..`; throws where the path would leave the folder it starts in. */
function resolveWithinFolder(segments: readonly string[]): string[] {
  const resolved: string[] = [];
  for (const segment of segments) {
    if (segment === "..") {
      if (resolved.pop() === undefined) {
        throw pathError(l10n.t("The path leads out of the workspace folder. Choose one inside it."));
      }
    } else if (segment !== "" && segment !== ".") {
      resolved.push(segment);
    }
  }
  return resolved;
}

/**
 * A spot below a folder: what has no placeholder belongs to the folder, and the rest to the name.
 * No file name means the template's.
 */
function saveLocationIn(root: Uri, folders: readonly string[], name: string, template: string): SaveLocation {
  const { stem, format } = splitExtension(name);
  const parsed = parseTemplate(stem === "" ? template : name);
  const segments = [...folders, ...parsed.segments];
  const firstPlaceholder = segments.slice(0, -1).findIndex(hasPlaceholder);
  const end = firstPlaceholder < 0 ? segments.length - 1 : firstPlaceholder;
  return {
    folder: Uri.joinPath(root, ...segments.slice(0, end)),
    name: segments.slice(end).join("/"),
    format: format ?? parsed.format,
  };
}

/**
 * Reads a path as typed, relative to a workspace folder: `images/fox.png`; with several folders,
 * the first part may name one. A path that ends in a slash takes the name from the template. All of
 * it may hold placeholders.
 *
 * @param contextUri a file or folder whose workspace folder counts where none is named.
 * @throws LimnError of kind `files` with a sentence on what is wrong.
 */
export function parseSavePath(text: string, template: string, contextUri?: Uri): SaveLocation {
  const clean = unescapeInvisible(text.trim()).replaceAll("\\", "/");
  if (clean === "") {
    throw pathError(l10n.t("Write where the picture should be saved, such as images/fox.png."));
  }
  if (clean.startsWith("/") || /^[A-Za-z]:/.test(clean)) {
    throw pathError(l10n.t("Write a path inside the workspace folder, such as images/fox.png."));
  }
  const { root, rest } = splitRoot(clean.split("/"), contextUri);
  const name = rest.at(-1) ?? "";
  const folders = resolveWithinFolder(rest.slice(0, -1));
  if (name === ".." || name === ".") {
    throw pathError(l10n.t("The path ends without a file name. Add one, such as fox.png."));
  }
  folders.forEach(checkFolderPlaceholders);
  return saveLocationIn(root, folders, name, template);
}

/** Reads the URI of a file the same way; braces of a folder that stand for nothing are its own. */
export function parseSaveUri(uri: Uri, template: string): SaveLocation {
  const segments = uri.path.split("/");
  return saveLocationIn(
    uri.with({ path: "/" }),
    resolveWithinFolder(segments.slice(0, -1)),
    segments.at(-1) ?? "",
    template,
  );
}

/**
 * The names from the workspace folder on; from the root of the file system on for what lies in
 * none.
 */
function pathSegments(uri: Uri): readonly string[] {
  const root = workspace.getWorkspaceFolder(uri)?.uri;
  const path = root === undefined ? uri.path : uri.path.slice(root.path.length);
  return path.split("/").filter((name) => name !== "");
}

/**
 * Why no picture may lie there, in a sentence, if the folder belongs to a tool, be it through a
 * symlink; `undefined` otherwise.
 */
async function checkToolFolder(folder: Uri): Promise<string | undefined> {
  const toolProblem = checkToolFolders(pathSegments(folder));
  if (toolProblem !== undefined || folder.scheme !== "file") {
    return toolProblem;
  }
  const root = workspace.getWorkspaceFolder(folder)?.uri;
  const [real, realRoot] = await Promise.all([
    realPathOf(folder.fsPath),
    root === undefined ? "" : realPathOf(root.fsPath),
  ]);
  const relativePath = real.startsWith(realRoot) ? real.slice(realRoot.length) : real;
  return checkToolFolders(relativePath.split(sep));
}

/** Length of the longest name of a temporary file, in bytes: what is written there first. */
const tempNameLength = 60;

/**
 * Why a file cannot have this path, by the rules of the platform, in a sentence; `undefined` if it
 * can. Nothing is looked up.
 */
export function checkFilePath(file: Uri): string | undefined {
  const names = (file.scheme === "file" ? file.fsPath.split(sep) : file.path.split("/")).filter((name) => name !== "");
  // A drive's letter is no name, and other file systems have rules of their own.
  const [drive, ...rest] = names;
  const problem =
    file.scheme === "file"
      ? checkPath(/^[a-z]:$/i.test(drive ?? "") ? rest : names, process.platform, tempNameLength)
      : undefined;
  return problem ?? checkToolFolders(pathSegments(file).slice(0, -1));
}

/** The nearest folder above that exists, and whether it is one. */
async function nearestExisting(folder: Uri): Promise<{ uri: Uri; isFolder: boolean }> {
  try {
    const { type } = await workspace.fs.stat(folder);
    return { uri: folder, isFolder: (type & FileType.Directory) !== 0 };
  } catch {
    const parent = Uri.joinPath(folder, "..");
    return parent.path === folder.path ? { uri: folder, isFolder: true } : nearestExisting(parent);
  }
}

/**
 * Why nothing can be written into a folder, in a sentence; `undefined` where it can. Missing
 * folders are made when needed.
 */
export async function checkWritable(folder: Uri): Promise<string | undefined> {
  const readOnlyMessage = (uri: Uri) => l10n.t("{0} is read-only. Choose another folder.", shownPath(uri));
  const unusableMessage = (uri: Uri, error: unknown) =>
    hasCode(error, "EACCES", "EPERM", "EROFS")
      ? readOnlyMessage(uri)
      : l10n.t("{0} cannot be used. {1} Choose another folder.", shownPath(uri), describeDiskError(error));
  const problem = checkFilePath(Uri.joinPath(folder, "picture.webp"));
  if (problem !== undefined) {
    return problem;
  }
  try {
    const escapedPath = await symlinkEscape(folder);
    if (escapedPath !== undefined) {
      return symlinkEscapeMessage(shownPath(folder), escapedPath);
    }
    const toolProblem = await checkToolFolder(folder);
    if (toolProblem !== undefined) {
      return toolProblem;
    }
  } catch (error) {
    return unusableMessage(folder, error);
  }
  const { uri, isFolder } = await nearestExisting(folder);
  if (!isFolder) {
    return l10n.t("{0} is a file, not a folder. Choose another path.", shownPath(uri));
  }
  if (workspace.fs.isWritableFileSystem(folder.scheme) === false) {
    return readOnlyMessage(uri);
  }
  if (uri.scheme !== "file") {
    return undefined;
  }
  return access(uri.fsPath, constants.W_OK).then(
    () => undefined,
    (error: unknown) => unusableMessage(uri, error),
  );
}
