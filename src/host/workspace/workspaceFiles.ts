import { readFile } from "node:fs/promises";
import { FileSystemError, FileType, l10n, Uri, workspace } from "vscode";
import { describeDiskError } from "../../core/diskError.ts";
import { LimnError } from "../../core/errors.ts";
import type { FilesPort } from "../../core/ports.ts";
import { sizeIfExists } from "../storage/durableFile.ts";
import { locatePicture } from "../storage/fallbackFolder.ts";
import { localFiles } from "../storage/localFiles.ts";
import { throwIfSymlinkEscapes } from "./symlinkEscape.ts";
import { shownPath } from "./workspaceFolders.ts";

const isMissing = (error: unknown): boolean =>
  error instanceof FileSystemError && (error.code === "FileNotFound" || error.code === "FileNotADirectory");

/** What was read, or `undefined` where there is no such file. */
export async function undefinedIfMissing<Found>(reading: Thenable<Found>): Promise<Found | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (isMissing(error)) {
      return undefined;
    }
    throw error;
  }
}

const pathOf = (uri: string): string => Uri.parse(uri).fsPath;

/** Whether a file lies on the extension host's own disk. */
const isLocal = (uri: string): boolean => uri.startsWith("file:");

async function remoteSize(uri: string): Promise<number | undefined> {
  const stat = await undefinedIfMissing(workspace.fs.stat(Uri.parse(uri)));
  return stat?.type === FileType.Directory ? 0 : stat?.size;
}

/** Bytes of a file, on disk or anywhere VS Code can reach; `undefined` where there is none. */
export const fileSize = (uri: string): Promise<number | undefined> =>
  isLocal(uri) ? sizeIfExists(pathOf(uri)) : remoteSize(uri);

/**
 * Files of any scheme through VS Code's own file system. It has no exclusive create, so a name is
 * looked at before it is written.
 */
const remoteFiles = (vault: string, fallbackFolders: readonly string[]): FilesPort => ({
  size: remoteSize,
  async create(uri, name) {
    if ((await remoteSize(uri)) !== undefined) {
      return false;
    }
    await workspace.fs.writeFile(Uri.parse(uri), await readFile(await locatePicture(vault, fallbackFolders, name)));
    return true;
  },
  async hasContentOf(uri, name) {
    const picture = await readFile(await locatePicture(vault, fallbackFolders, name));
    const size = await remoteSize(uri);
    const bytes = size === picture.length ? await undefinedIfMissing(workspace.fs.readFile(Uri.parse(uri))) : undefined;
    return bytes !== undefined && picture.equals(bytes);
  },
});

/**
 * The workspace's files, on disk or anywhere VS Code can reach, and copies of the pictures in the
 * folder `vault` or in the refuges. `create` throws a `LimnError` where the file cannot be written.
 */
export function workspaceFiles(vault: string, fallbackFolders: readonly string[] = []): FilesPort {
  const [local, remote] = [localFiles(vault, pathOf, fallbackFolders), remoteFiles(vault, fallbackFolders)];
  const portOf = (uri: string) => (isLocal(uri) ? local : remote);
  return {
    size: (uri) => portOf(uri).size(uri),
    hasContentOf: (uri, name) => portOf(uri).hasContentOf(uri, name),
    async create(uri, name) {
      try {
        await throwIfSymlinkEscapes(Uri.parse(uri));
        return await portOf(uri).create(uri, name);
      } catch (cause) {
        const message = l10n.t(
          "{0} could not be written. {1} The picture is safe: “Limn: Show Unfinished Jobs” saves it again.",
          shownPath(Uri.parse(uri)),
          describeDiskError(cause),
        );
        throw new LimnError("files", message, { cause });
      }
    },
  };
}
