import { FileSystemError, FileType, Uri, workspace } from "vscode";
import { sizeIfExists } from "../storage/durableFile.ts";

const isMissing = (error: unknown): boolean =>
  error instanceof FileSystemError && (error.code === "FileNotFound" || error.code === "FileNotADirectory");

/** The result of an operation of `workspace.fs`, or `undefined` if the file does not exist. */
export async function undefinedIfMissing<Result>(operation: Thenable<Result>): Promise<Result | undefined> {
  try {
    return await operation;
  } catch (error) {
    if (isMissing(error)) {
      return undefined;
    }
    throw error;
  }
}

/** Whether a file or folder exists, on any file system of VS Code. */
export const uriExists = async (uri: Uri): Promise<boolean> =>
  workspace.fs.stat(uri).then(
    () => true,
    () => false,
  );

/** Whether a file is on the extension host's own disk. */
export const isLocal = (uri: string): boolean => uri.startsWith("file:");

/**
 * Bytes of a file, through VS Code's file system; 0 for a folder, `undefined` if it does not exist.
 */
export async function remoteSize(uri: string): Promise<number | undefined> {
  const stat = await undefinedIfMissing(workspace.fs.stat(Uri.parse(uri)));
  return stat?.type === FileType.Directory ? 0 : stat?.size;
}

/** Bytes of a file on any file system; `undefined` if it does not exist. */
export const fileSize = (uri: string): Promise<number | undefined> =>
  isLocal(uri) ? sizeIfExists(Uri.parse(uri).fsPath) : remoteSize(uri);
