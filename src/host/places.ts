import { access, constants } from "node:fs/promises";
import { FileType, Uri, workspace } from "vscode";
import { LimnError } from "../core/errors.ts";
import { formatOfName } from "../core/input.ts";
import type { OutputFormat } from "../core/model.ts";
import { checkTemplate } from "../core/naming.ts";
import { leadsOut, wayOut } from "./wayOut.ts";

/** A folder, and a name template without extension in it. */
export interface Spot {
  readonly folder: Uri;
  readonly name: string;
  /** The format its extension asks for, where it has one. */
  readonly format: OutputFormat | undefined;
}

const fault = (message: string) => new LimnError("files", message, { field: "path" });

const folders = () => workspace.workspaceFolders ?? [];

/** A file's path as a person sees it: from the workspace folder on, with the folder's name where there are several. */
export const shownPath = (uri: Uri): string => workspace.asRelativePath(uri, folders().length > 1);

/** The workspace folder that a text begins with, where there are several, and the rest of the text. */
export function splitRoot(segments: readonly string[], home: Uri | undefined): { root: Uri; rest: readonly string[] } {
  const all = folders();
  const [first = "", ...rest] = segments;
  const named = all.length > 1 ? all.find(({ name }) => name === first) : undefined;
  if (named !== undefined) {
    return { root: named.uri, rest };
  }
  const root = (home === undefined ? undefined : workspace.getWorkspaceFolder(home)?.uri) ?? all[0]?.uri;
  if (root === undefined) {
    throw fault("No folder is open, so a path says too little. Open a folder first.");
  }
  return { root, rest: segments };
}

/** Resolves `.` and `..`; throws where the path would leave the folder it starts in. */
function resolveInside(segments: readonly string[]): string[] {
  const inside: string[] = [];
  for (const segment of segments) {
    if (segment === "..") {
      if (inside.pop() === undefined) {
        throw fault("The path leads out of the workspace folder. Choose one inside it.");
      }
    } else if (segment !== "" && segment !== ".") {
      inside.push(segment);
    }
  }
  return inside;
}

/** Takes a file name apart into template and format. */
function splitName(name: string, template: string): Pick<Spot, "name" | "format"> {
  const format = formatOfName(name);
  const extension = /\.[A-Za-z][A-Za-z0-9]{1,4}$/.exec(name)?.[0];
  if (format === undefined && extension !== undefined) {
    throw fault(`Limn writes .jpg, .png and .webp files, not “${extension}”. Change the file's extension.`);
  }
  const stem = format === undefined ? name : name.slice(0, name.lastIndexOf("."));
  const text = stem === "" ? template : stem;
  const wrong = checkTemplate(text);
  if (wrong !== undefined) {
    throw fault(wrong);
  }
  return { name: text, format };
}

/**
 * Reads a path as typed, relative to a workspace folder: `images/fox.png`; with several folders, the first part may name one. A path
 * that ends in a slash takes the name from the template.
 *
 * @param home a file or folder whose workspace folder counts where none is named.
 * @throws LimnError of kind `files` with a sentence on what is wrong.
 */
export function readPath(text: string, template: string, home?: Uri): Spot {
  const clean = text.trim().replaceAll("\\", "/");
  if (clean === "") {
    throw fault("Write where the picture should be saved, such as images/fox.png.");
  }
  if (clean.startsWith("/") || /^[A-Za-z]:/.test(clean)) {
    throw fault("Write a path inside the workspace folder, such as images/fox.png.");
  }
  const { root, rest } = splitRoot(clean.split("/"), home);
  const name = rest.at(-1) ?? "";
  const inside = resolveInside(rest.slice(0, -1));
  if (name === ".." || name === ".") {
    throw fault("The path ends without a file name. Add one, such as fox.png.");
  }
  return { folder: Uri.joinPath(root, ...inside), ...splitName(name, template) };
}

/** Reads the URI of a file the same way. */
export function readUri(uri: Uri, template: string): Spot {
  const slash = uri.path.lastIndexOf("/");
  return {
    folder: uri.with({ path: uri.path.slice(0, slash) || "/" }),
    ...splitName(uri.path.slice(slash + 1), template),
  };
}

/** The nearest folder above that exists, and whether it is one. */
async function nearest(folder: Uri): Promise<{ uri: Uri; isFolder: boolean }> {
  try {
    const { type } = await workspace.fs.stat(folder);
    return { uri: folder, isFolder: (type & FileType.Directory) !== 0 };
  } catch {
    const parent = Uri.joinPath(folder, "..");
    return parent.path === folder.path ? { uri: folder, isFolder: true } : nearest(parent);
  }
}

/** Why nothing can be written into a folder, in a sentence; `undefined` where it can. Missing folders are made when needed. */
export async function checkWritable(folder: Uri): Promise<string | undefined> {
  const readOnly = (uri: Uri) => `${shownPath(uri)} is read-only. Choose another folder.`;
  try {
    const real = await wayOut(folder);
    if (real !== undefined) {
      return leadsOut(shownPath(folder), real);
    }
  } catch {
    return readOnly(folder);
  }
  const { uri, isFolder } = await nearest(folder);
  if (!isFolder) {
    return `${shownPath(uri)} is a file, not a folder. Choose another path.`;
  }
  if (workspace.fs.isWritableFileSystem(folder.scheme) === false) {
    return readOnly(uri);
  }
  if (uri.scheme !== "file") {
    return undefined;
  }
  return access(uri.fsPath, constants.W_OK).then(
    () => undefined,
    () => readOnly(uri),
  );
}
