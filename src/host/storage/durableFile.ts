import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { constants, copyFile, type FileHandle, link, open, readFile, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import type { Chunks } from "../../core/ports.ts";
import { makeFolder, syncFolder } from "./durableFolder.ts";
import { hasCode, undefinedIfNotFound } from "./fileError.ts";
import { newTempFile } from "./tempFile.ts";

/** The file's bytes, or `undefined` where there is none. */
export const readIfExists = (path: string): Promise<Uint8Array | undefined> => undefinedIfNotFound(readFile(path));

/** Bytes of the file, or `undefined` where there is none. */
export async function sizeIfExists(path: string): Promise<number | undefined> {
  return (await undefinedIfNotFound(stat(path), ["ENOENT", "ENOTDIR"]))?.size;
}

/** Makes a new file at a path, down to the disk; rejects where the path is taken. */
type FileWriter = (path: string) => Promise<void>;

/** Who may do what with a file. */
export interface FilePermissions {
  /** As `stat` tells it; only the nine permission bits are used. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
}

const permissionBits = 0o777;

/**
 * Only an administrator may give a file away, and a group only to its members: what is refused
 * stays with the process.
 */
async function applyPermissions(file: FileHandle, { mode, uid, gid }: FilePermissions): Promise<void> {
  const current = await file.stat();
  if (current.uid !== uid || current.gid !== gid) {
    await file.chown(uid, gid).catch(() => file.chown(current.uid, gid).catch(() => undefined));
  }
  // The process's umask may have taken bits away.
  await file.chmod(mode & permissionBits);
}

/**
 * Makes a new file that `fill` has brought down to the disk by the time it resolves; where it
 * rejects there is none.
 */
const newFileWriter =
  (writeContent: (file: FileHandle) => Promise<void>, permissions?: FilePermissions): FileWriter =>
  async (path) => {
    const file = await open(path, "wx", permissions && permissions.mode & permissionBits);
    try {
      if (permissions !== undefined) {
        await applyPermissions(file, permissions);
      }
      await writeContent(file);
    } catch (error) {
      await rm(path, { force: true });
      throw error;
    } finally {
      await file.close();
    }
  };

const contentWriter = (content: Uint8Array | string, permissions?: FilePermissions): FileWriter =>
  newFileWriter(async (file) => {
    await file.writeFile(content);
    await file.sync();
  }, permissions);

/**
 * Bytes that may wait for the disk before no more are asked for. What gathers meanwhile is written
 * at once, in few writes instead of many.
 */
const writeBufferBytes = 1_000_000;

const streamWriter = (chunks: Chunks): FileWriter =>
  newFileWriter((file) => pipeline(chunks, file.createWriteStream({ highWaterMark: writeBufferBytes, flush: true })));

/**
 * Where the file system can, the copy shares the blocks of its original until one of them is
 * changed.
 */
const copyWriter =
  (original: string): FileWriter =>
  async (path) => {
    await copyFile(original, path, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
    const file = await open(path, "r+");
    try {
      await file.sync();
    } finally {
      await file.close();
    }
  };

/**
 * Makes a temporary file in the folder of the target, so that it has the rights and the disk of
 * that folder, and lets `publish` give it its name; what that leaves of it is removed. Once this
 * has resolved, the name is as safe from a power cut as the bytes.
 */
async function writeViaTempFile<Result>(
  folder: string,
  writer: FileWriter,
  publish: (tempFile: string) => Promise<Result>,
): Promise<Result> {
  await makeFolder(folder);
  const tempFile = newTempFile(folder);
  try {
    await writer(tempFile.path);
    const result = await publish(tempFile.path);
    await syncFolder(folder);
    return result;
  } finally {
    await tempFile.remove();
  }
}

/** How often is begun anew where a folder was deleted between two steps. */
const maxAttempts = 3;

/** Tries again where a folder was deleted meanwhile. */
async function retryIfFolderDeleted<Result>(write: () => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await write();
    } catch (error) {
      if (!hasCode(error, "ENOENT") || attempt === maxAttempts) {
        throw error;
      }
    }
  }
}

/**
 * Replaces a file in one step: after a crash or a power cut there is the old one or the new one,
 * never half of one, and once this has resolved it is the new one. A symlink is replaced too, not
 * followed. `rights` are those of the new file; by default the process's own.
 */
export const replaceFile = (path: string, bytes: Uint8Array | string, permissions?: FilePermissions): Promise<void> =>
  retryIfFolderDeleted(() =>
    writeViaTempFile(dirname(path), contentWriter(bytes, permissions), (tempPath) => rename(tempPath, path)),
  );

/**
 * Takes in a file piece by piece and puts it into the folder in one step, under the name that is
 * told at its end. Where the pieces or the name fail, it leaves nothing and rejects with what they
 * threw.
 */
export const writeStreamToFile = (folder: string, chunks: Chunks, name: () => string): Promise<void> =>
  writeViaTempFile(folder, streamWriter(chunks), async (tempPath) => rename(tempPath, join(folder, name())));

/** File systems without hard links: FAT, some network shares. */
const noHardLinkCodes = ["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EXDEV", "EMLINK"];

/**
 * A name that is seen to be taken costs no copy; one that is taken in between is noticed by the
 * link.
 */
const createExclusively = (path: string, writer: FileWriter): Promise<boolean> =>
  retryIfFolderDeleted(
    async () =>
      (await sizeIfExists(path)) === undefined &&
      writeViaTempFile(dirname(path), writer, async (tempPath) => {
        try {
          await link(tempPath, path);
          return true;
        } catch (error) {
          if (hasCode(error, "EEXIST")) {
            return false;
          }
          if (hasCode(error, ...noHardLinkCodes)) {
            return await createWithoutLink(path, writer);
          }
          throw error;
        }
      }),
  );

/** Second best: the name is taken first and filled then, so a crash can leave a file cut short. */
async function createWithoutLink(path: string, writer: FileWriter): Promise<boolean> {
  try {
    await writer(path);
    return true;
  } catch (error) {
    if (hasCode(error, "EEXIST")) {
      return false;
    }
    throw error;
  }
}

/**
 * Creates a file in one step: a hard link appears whole or not at all, and never over a file that
 * is there. Once this has resolved, a power cut does not undo it.
 * @returns `false` where the name is taken.
 */
export const createFile = (path: string, bytes: Uint8Array): Promise<boolean> =>
  createExclusively(path, contentWriter(bytes));

/** Creates a copy of a file in one step, as `createFile` does. */
export const createCopy = (path: string, original: string): Promise<boolean> =>
  createExclusively(path, copyWriter(original));

async function sha256(path: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path)) {
    hash.update(chunk);
  }
  return hash.digest("hex");
}

/** Whether both files are there and have the same bytes. */
export async function sameFiles(one: string, other: string): Promise<boolean> {
  const [size, otherSize] = await Promise.all([sizeIfExists(one), sizeIfExists(other)]);
  return size !== undefined && size === otherSize && (await sha256(one)) === (await sha256(other));
}
