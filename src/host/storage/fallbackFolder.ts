import { lstat, mkdir, readdir, rm } from "node:fs/promises";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import type { Chunks } from "../../core/ports.ts";
import { replaceFile, sizeIfExists } from "./durableFile.ts";
import { fallbackFolderName } from "./storagePaths.ts";

/** The home folder; none if the system does not know the user, as in some containers. */
function homeFolders(): readonly string[] {
  try {
    return [homedir()];
  } catch {
    return [];
  }
}

/**
 * Folders for pictures that the vault cannot take, in the order they are tried. The home folder
 * survives a restart; the temporary folder is often on another disk. All users share that one, so
 * the name contains the user's id.
 */
export const fallbackFolders = (): readonly string[] => [
  ...homeFolders().map((home) => join(home, fallbackFolderName)),
  join(tmpdir(), `${fallbackFolderName}-${process.geteuid?.() ?? "own"}`),
];

/**
 * Whether the folder exists and belongs to this user. In a shared folder, another user could have
 * created it.
 */
async function isOwnFolder(folder: string): Promise<boolean> {
  const found = await lstat(folder).catch(() => undefined);
  return found?.isDirectory() === true && (process.geteuid === undefined || found.uid === process.geteuid());
}

/**
 * Writes a file to the first of the folders that accepts it, and returns its path. Throws the error
 * of the last folder. The bytes are buffered, because the stream can be read only once.
 */
export async function writeToFallbackFolder(
  folders: readonly string[],
  chunks: Chunks,
  name: () => string,
): Promise<string> {
  const bytes = await buffer(Readable.from(chunks));
  let reason: unknown = new Error("There is no other place for it.");
  for (const folder of folders) {
    try {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      if (await isOwnFolder(folder)) {
        await replaceFile(join(folder, name()), bytes);
        return join(folder, name());
      }
    } catch (error) {
      reason = error;
    }
  }
  throw reason;
}

/**
 * Path of a picture: in the vault, or in a fallback folder if only that has it; otherwise in the
 * vault.
 */
export async function locatePicture(vault: string, folders: readonly string[], name: string): Promise<string> {
  const vaultPath = join(vault, name);
  if ((await sizeIfExists(vaultPath)) !== undefined) {
    return vaultPath;
  }
  for (const folder of folders) {
    if ((await isOwnFolder(folder)) && (await sizeIfExists(join(folder, name))) !== undefined) {
      return join(folder, name);
    }
  }
  return vaultPath;
}

/**
 * Paths of the files in the folders, by name. For a name that occurs twice, the path that
 * `locatePicture` finds.
 */
export async function listFallbackFiles(folders: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for (const folder of folders.toReversed()) {
    const entries = (await isOwnFolder(folder)) ? await readdir(folder, { withFileTypes: true }) : [];
    for (const { name } of entries.filter((entry) => entry.isFile() && !entry.name.startsWith("."))) {
      found.set(name, join(folder, name));
    }
  }
  return found;
}

/** Deletes a file from the folders once it is in the vault. */
export async function removeFromFallbackFolders(folders: readonly string[], name: string): Promise<void> {
  for (const folder of folders) {
    if (await isOwnFolder(folder)) {
      await rm(join(folder, name), { force: true });
    }
  }
}
