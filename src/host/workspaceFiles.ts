import { FileSystemError, FileType, Uri, workspace } from "vscode";
import { LimnError } from "../core/errors.ts";
import type { FilesPort } from "../core/ports.ts";
import { createFile, readIfThere, sizeIfThere } from "./durableFile.ts";

const isMissing = (error: unknown): boolean =>
  error instanceof FileSystemError && (error.code === "FileNotFound" || error.code === "FileNotADirectory");

/** Files of any scheme through VS Code's own file system. It has no exclusive create, so a name is looked at before it is written. */
const remote: FilesPort = {
  async size(uri) {
    try {
      const { type, size } = await workspace.fs.stat(Uri.parse(uri));
      return type === FileType.Directory ? 0 : size;
    } catch (error) {
      if (isMissing(error)) {
        return undefined;
      }
      throw error;
    }
  },
  async read(uri) {
    try {
      return await workspace.fs.readFile(Uri.parse(uri));
    } catch (error) {
      if (isMissing(error)) {
        return undefined;
      }
      throw error;
    }
  },
  async create(uri, bytes) {
    if ((await remote.size(uri)) !== undefined) {
      return false;
    }
    await workspace.fs.writeFile(Uri.parse(uri), bytes);
    return true;
  },
};

/** Files on the extension host's own disk, where a name can be taken without a race. */
const local: FilesPort = {
  size: (uri) => sizeIfThere(Uri.parse(uri).fsPath),
  read: (uri) => readIfThere(Uri.parse(uri).fsPath),
  create: (uri, bytes) => createFile(Uri.parse(uri).fsPath, bytes),
};

const portOf = (uri: string): FilesPort => (uri.startsWith("file:") ? local : remote);

/** The workspace's files, on disk or anywhere VS Code can reach. `create` throws a `LimnError` where the file cannot be written. */
export const workspaceFiles: FilesPort = {
  size: (uri) => portOf(uri).size(uri),
  read: (uri) => portOf(uri).read(uri),
  async create(uri, bytes) {
    try {
      return await portOf(uri).create(uri, bytes);
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new LimnError(
        "files",
        `${workspace.asRelativePath(Uri.parse(uri))} could not be written: ${reason.replace(/\.$/, "")}. The picture is safe in Limn's vault: “Limn: Show Unfinished Jobs” saves it again.`,
        { cause },
      );
    }
  },
};
