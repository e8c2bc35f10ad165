import { access, constants } from "node:fs/promises";
import { sep } from "node:path";
import { FileType, l10n, Uri, workspace } from "vscode";
import { describeDiskError } from "../../core/diskError.ts";
import {
  checkFolderPlaceholders,
  type FileNameTemplate,
  hasPlaceholder,
  parseTemplate,
  splitExtension,
} from "../../core/files/naming.ts";
import { checkPath, checkToolFolders } from "../../core/files/pathRules.ts";
import type { Target } from "../../core/request/request.ts";
import { unescapeInvisible } from "../../core/text/invisibleCharacters.ts";
import { hasCode } from "../storage/fileError.ts";
import { realPathOf } from "../storage/realPath.ts";
import { pathError } from "./pathError.ts";
import { symlinkEscape, symlinkEscapeMessage } from "./symlinkEscape.ts";
import { shownPath, splitRoot } from "./workspaceFolders.ts";

/** A folder, and a template for file names in it. */
export interface SaveLocation extends Pick<FileNameTemplate, "format" | "extension"> {
  readonly folder: Uri;
  /** Without extension. May begin with folders that have placeholders: `{date}/{slug}`. */
  readonly name: string;
}

/** The target that saves there. */
export const targetAt = ({ folder, name, extension }: Omit<SaveLocation, "format">, keep: Target["keep"]): Target => ({
  folder: folder.toString(),
  name,
  ...(extension === undefined ? {} : { extension }),
  keep,
});

/** Resolves `.` and `..`; throws if the path leaves the folder it starts in. */
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
 * A location below a folder. Segments before the first placeholder belong to the folder, the rest
 * to the name. Without a file name, the template's is used.
 */
function saveLocationIn(root: Uri, folders: readonly string[], name: string, template: string): SaveLocation {
  const { stem, ...typed } = splitExtension(name);
  const { segments: names, ...file } = parseTemplate(stem === "" ? template : name);
  const segments = [...folders, ...names];
  const firstPlaceholder = segments.slice(0, -1).findIndex(hasPlaceholder);
  const end = firstPlaceholder < 0 ? segments.length - 1 : firstPlaceholder;
  return {
    folder: Uri.joinPath(root, ...segments.slice(0, end)),
    name: segments.slice(end).join("/"),
    ...(typed.format === undefined ? file : typed),
  };
}

/**
 * Parses a path as typed, relative to a workspace folder: `images/fox.png`. With several folders,
 * the first segment may name one. A path that ends in a slash takes the name of the template. Every
 * segment may have placeholders.
 *
 * @param contextUri a file or folder whose workspace folder is used if the path names none.
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

/** Parses the URI of a file in the same way. Braces in its folders are not placeholders. */
export function parseSaveUri(uri: Uri, template: string): SaveLocation {
  const segments = uri.path.split("/");
  return saveLocationIn(
    uri.with({ path: "/" }),
    resolveWithinFolder(segments.slice(0, -1)),
    segments.at(-1) ?? "",
    template,
  );
}

/** Segments from the workspace folder on, or from the root of the file system if it is in none. */
function pathSegments(uri: Uri): readonly string[] {
  const root = workspace.getWorkspaceFolder(uri)?.uri;
  const path = root === undefined ? uri.path : uri.path.slice(root.path.length);
  return path.split("/").filter((name) => name !== "");
}

/**
 * Why no picture may be saved there, if the folder belongs to a tool, also through a symlink;
 * `undefined` otherwise.
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

/** Length of the longest name of a temporary file, in bytes; it is written first. */
const tempNameLength = 60;

/**
 * Why the platform does not allow this path, in a sentence; `undefined` if it does. Does not access
 * the disk.
 */
export function checkFilePath(file: Uri): string | undefined {
  const names = (file.scheme === "file" ? file.fsPath.split(sep) : file.path.split("/")).filter((name) => name !== "");
  // A drive letter is not a name, and other file systems have their own rules.
  const [drive, ...rest] = names;
  const problem =
    file.scheme === "file"
      ? checkPath(/^[a-z]:$/i.test(drive ?? "") ? rest : names, process.platform, tempNameLength)
      : undefined;
  return problem ?? checkToolFolders(pathSegments(file).slice(0, -1));
}

/** The nearest existing path above, and whether it is a folder. */
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
 * Why nothing can be written to a folder, in a sentence; `undefined` if it can. Missing folders are
 * created later.
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
