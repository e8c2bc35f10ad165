import { lstat, mkdir, readdir, rm } from "node:fs/promises";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import type { Chunks } from "../../core/ports.ts";
import { replaceFile, sizeIfExists } from "./durableFile.ts";
import { fallbackFolderName } from "./storagePaths.ts";

/** The home folder; none for a user the system has no entry of, as in some containers. */
function homeFolders(): readonly string[] {
  try {
    return [homedir()];
  } catch {
    return [];
  }
}

/**
 * Folders for pictures that the vault cannot take, in the order they are tried: what lies at home
 * outlives a restart of the computer; the temporary folder is often on another disk. There the name
 * tells whose it is, because all share that place.
 */
export const fallbackFolders = (): readonly string[] => [
  ...homeFolders().map((home) => join(home, fallbackFolderName)),
  join(tmpdir(), `${fallbackFolderName}-${process.geteuid?.() ?? "own"}`),
];

/**
 * Whether the folder is there, and nobody else's: in a shared place anybody can put one up under
 * our name.
 */
async function isOwnFolder(folder: string): Promise<boolean> {
  const found = await lstat(folder).catch(() => undefined);
  return found?.isDirectory() === true && (process.geteuid === undefined || found.uid === process.geteuid());
}

/**
 * Takes in a file and puts it into the first of the folders that takes it; gives its path, and
 * throws what the last one threw. Its bytes are held in memory meanwhile, since they come only
 * once.
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

/** Path of a picture: in the vault, or in the refuge that has it; in the vault where none has. */
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
 * Paths of the files in the folders, by name; of two with one name the first that `locate` would
 * find.
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

/** Removes a file from the folders: it is in the vault now. */
export async function removeFromFallbackFolders(folders: readonly string[], name: string): Promise<void> {
  for (const folder of folders) {
    if (await isOwnFolder(folder)) {
      await rm(join(folder, name), { force: true });
    }
  }
}
