import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { constants, copyFile, type FileHandle, link, open, readFile, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Chunks } from "../../core/ports.ts";
import { makeFolder, syncFolder } from "./durableFolder.ts";
import { hasCode, undefinedIfNotFound } from "./fileError.ts";
import { newTempFile, type TempFile } from "./tempFile.ts";
import { writeChunks } from "./writeChunks.ts";

/** The bytes of the file, or `undefined` if it does not exist. */
export const readIfExists = (path: string): Promise<Uint8Array | undefined> => undefinedIfNotFound(readFile(path));

/** The size of the file in bytes, or `undefined` if it does not exist. */
export async function sizeIfExists(path: string): Promise<number | undefined> {
  return (await undefinedIfNotFound(stat(path), ["ENOENT", "ENOTDIR"]))?.size;
}

/** Creates a file and syncs it to the disk. Rejects if the path exists. */
type FileWriter = (path: string) => Promise<void>;

/** Permissions and owner of a file. */
export interface FilePermissions {
  /** As in `stat`; only the nine permission bits are used. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
}

const permissionBits = 0o777;

/**
 * Only an administrator can change the owner, and only a member of a group can set it. If that is
 * refused, the file stays the process's own.
 */
async function applyPermissions(file: FileHandle, { mode, uid, gid }: FilePermissions): Promise<void> {
  const current = await file.stat();
  if (current.uid !== uid || current.gid !== gid) {
    await file.chown(uid, gid).catch(() => file.chown(current.uid, gid).catch(() => undefined));
  }
  // The umask of the process may have removed bits.
  await file.chmod(mode & permissionBits);
}

/**
 * Creates a file whose content `writeContent` writes and syncs. If that rejects, the file is
 * deleted.
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

const streamWriter = (chunks: Chunks): FileWriter => newFileWriter((file) => writeChunks(file, chunks));

/**
 * If the file system supports it, the copy shares the blocks of the original until one of them is
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
 * Writes a temporary file in the target folder, which has the right disk and permissions, and lets
 * `publish` rename or link it. What is left of it is deleted. When this resolves, name and bytes
 * survive a power cut.
 */
async function writeViaTempFile<Result>(
  folder: string,
  writer: FileWriter,
  publish: (tempFile: TempFile) => Promise<Result>,
): Promise<Result> {
  const tempFile = newTempFile(folder);
  try {
    await writer(tempFile.path);
    const result = await publish(tempFile);
    await syncFolder(folder);
    return result;
  } finally {
    await tempFile.remove();
  }
}

/** Attempts after the first, if the folder is deleted between two steps. */
const maxRetries = 3;

/**
 * Creates the folder if the first attempt fails without it, and tries again if it was deleted
 * meanwhile. Most folders exist, and asking that each time takes as long as opening a file.
 */
async function writeInFolder<Result>(folder: string, write: () => Promise<Result>): Promise<Result> {
  for (let retries = 0; ; retries++) {
    try {
      return await write();
    } catch (error) {
      if (!hasCode(error, "ENOENT") || retries === maxRetries) {
        throw error;
      }
      await makeFolder(folder);
    }
  }
}

/**
 * Replaces a file atomically: after a crash or a power cut there is the old file or the new one,
 * and the new one once this has resolved. A symlink is replaced, not followed. By default the new
 * file has the process's permissions.
 */
export const replaceFile = (path: string, bytes: Uint8Array | string, permissions?: FilePermissions): Promise<void> =>
  writeInFolder(dirname(path), () =>
    writeViaTempFile(dirname(path), contentWriter(bytes, permissions), (tempFile) => tempFile.moveTo(path)),
  );

/**
 * Writes a stream to a file in the folder, atomically. `name` is called at the end of the stream.
 * If the stream or `name` throws, nothing is left and the promise rejects with that error.
 */
export async function writeStreamToFile(folder: string, chunks: Chunks, name: () => string): Promise<void> {
  // A stream can be read only once, so there is no second attempt.
  await makeFolder(folder);
  await writeViaTempFile(folder, streamWriter(chunks), (tempFile) => tempFile.moveTo(join(folder, name())));
}

/** Codes of file systems without hard links: FAT, some network shares. */
const noHardLinkCodes = ["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EXDEV", "EMLINK"];

/**
 * Checks the name first, which saves a copy. A name that is taken in between makes the link fail.
 */
const createExclusively = (path: string, writer: FileWriter): Promise<boolean> =>
  writeInFolder(
    dirname(path),
    async () =>
      (await sizeIfExists(path)) === undefined &&
      writeViaTempFile(dirname(path), writer, async (tempFile) => {
        try {
          await link(tempFile.path, path);
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

/** For file systems without hard links. Not atomic: a crash can leave a partial file. */
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
 * Creates a file atomically: a hard link appears complete or not at all, and never replaces a file.
 * When this resolves, the file survives a power cut.
 *
 * @returns `false` if the name is taken.
 */
export const createFile = (path: string, bytes: Uint8Array): Promise<boolean> =>
  createExclusively(path, contentWriter(bytes));

/** Creates a copy of a file atomically, as `createFile` does. */
export const createCopy = (path: string, original: string): Promise<boolean> =>
  createExclusively(path, copyWriter(original));

async function sha256(path: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path)) {
    hash.update(chunk);
  }
  return hash.digest("hex");
}

/** Whether both files exist and have the same bytes. */
export async function sameFiles(one: string, other: string): Promise<boolean> {
  const [size, otherSize] = await Promise.all([sizeIfExists(one), sizeIfExists(other)]);
  return size !== undefined && size === otherSize && (await sha256(one)) === (await sha256(other));
}
