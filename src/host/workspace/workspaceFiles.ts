import { readFile } from "node:fs/promises";
import { l10n, Uri, workspace } from "vscode";
import { describeDiskError } from "../../core/diskError.ts";
import { LimnError } from "../../core/errors.ts";
import type { FilesPort } from "../../core/ports.ts";
import { joinSentences } from "../../core/text/sentences.ts";
import { locatePicture } from "../storage/fallbackFolder.ts";
import { localFiles, type NewFiles } from "../storage/localFiles.ts";
import { isLocal, remoteSize, undefinedIfMissing } from "./fileStat.ts";
import { throwIfSymlinkEscapes } from "./symlinkEscape.ts";
import { shownPath } from "./workspaceFolders.ts";

const pathOf = (uri: string): string => Uri.parse(uri).fsPath;

/**
 * Files of any scheme through VS Code's file system. It has no exclusive create, so the name is
 * checked before it is written.
 */
const remoteFiles = (vault: string, fallbackFolders: readonly string[]): NewFiles => ({
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

/** Replaces a draft image by the picture in a file; see `FilesPort`. */
export type ReplaceDraft = (uri: Uri, picture: string) => Promise<boolean>;

/** Writes a file; throws a `LimnError` that says where the picture is if it cannot be written. */
async function writing(uri: Uri, write: () => Promise<boolean>): Promise<boolean> {
  try {
    await throwIfSymlinkEscapes(uri);
    return await write();
  } catch (cause) {
    const reason =
      cause instanceof LimnError
        ? cause.message
        : l10n.t("{0} could not be written. {1}", shownPath(uri), describeDiskError(cause));
    const safe = l10n.t("The picture is safe: “Limn: Show Unfinished Jobs” saves it again.");
    throw new LimnError("files", joinSentences(reason, safe), { cause });
  }
}

/**
 * Files of the workspace on any file system, and copies of pictures from the folder `vault` or the
 * fallback folders. `create` and `replaceDraft` throw a `LimnError` if the file cannot be written.
 */
export function workspaceFiles(
  vault: string,
  fallbackFolders: readonly string[],
  replaceDraft: ReplaceDraft,
): FilesPort {
  const [local, remote] = [localFiles(vault, pathOf, fallbackFolders), remoteFiles(vault, fallbackFolders)];
  const portOf = (uri: string) => (isLocal(uri) ? local : remote);
  return {
    size: (uri) => portOf(uri).size(uri),
    hasContentOf: (uri, name) => portOf(uri).hasContentOf(uri, name),
    create: (uri, name) => writing(Uri.parse(uri), () => portOf(uri).create(uri, name)),
    replaceDraft: (uri, name) =>
      writing(Uri.parse(uri), async () =>
        replaceDraft(Uri.parse(uri), await locatePicture(vault, fallbackFolders, name)),
      ),
  };
}
