import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { constants, copyFile, type FileHandle, link, open, readFile, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import type { Chunks } from "../core/ports.ts";
import { makeFolder, syncFolder } from "./durableFolder.ts";
import { hasCode } from "./fileError.ts";
import { newTemporary } from "./temporary.ts";

/** The file's bytes, or `undefined` where there is none. */
export async function readIfThere(path: string): Promise<Uint8Array | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    if (hasCode(error, "ENOENT")) {
      return undefined;
    }
    throw error;
  }
}

/** Bytes of the file, or `undefined` where there is none. */
export async function sizeIfThere(path: string): Promise<number | undefined> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if (hasCode(error, "ENOENT", "ENOTDIR")) {
      return undefined;
    }
    throw error;
  }
}

/** Makes a new file at a path, down to the disk; rejects where the path is taken. */
type Make = (path: string) => Promise<void>;

/** Who may do what with a file. */
export interface Rights {
  /** As `stat` tells it; only the nine permission bits are used. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
}

const permissionBits = 0o777;

/** Only an administrator may give a file away, and a group only to its members: what is refused stays with the process. */
async function applyRights(file: FileHandle, { mode, uid, gid }: Rights): Promise<void> {
  const own = await file.stat();
  if (own.uid !== uid || own.gid !== gid) {
    await file.chown(uid, gid).catch(() => file.chown(own.uid, gid).catch(() => undefined));
  }
  // The process's umask may have taken bits away.
  await file.chmod(mode & permissionBits);
}

/** Makes a new file that `fill` has brought down to the disk by the time it resolves; where it rejects there is none. */
const filling =
  (fill: (file: FileHandle) => Promise<void>, rights?: Rights): Make =>
  async (path) => {
    const file = await open(path, "wx", rights && rights.mode & permissionBits);
    try {
      if (rights !== undefined) {
        await applyRights(file, rights);
      }
      await fill(file);
    } catch (error) {
      await rm(path, { force: true });
      throw error;
    } finally {
      await file.close();
    }
  };

const writing = (content: Uint8Array | string, rights?: Rights): Make =>
  filling(async (file) => {
    await file.writeFile(content);
    await file.sync();
  }, rights);

/** Bytes that may wait for the disk before no more are asked for. What gathers meanwhile is written at once, in few writes instead of many. */
const waitingBytes = 1_000_000;

const receiving = (chunks: Chunks): Make =>
  filling((file) => pipeline(chunks, file.createWriteStream({ highWaterMark: waitingBytes, flush: true })));

/** Where the file system can, the copy shares the blocks of its original until one of them is changed. */
const copying =
  (original: string): Make =>
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
 * Makes a temporary file in the folder of the target, so that it has the rights and the disk of that folder, and lets `publish` give it its
 * name; what that leaves of it is removed. Once this has resolved, the name is as safe from a power cut as the bytes.
 */
async function throughTemporary<Result>(
  folder: string,
  make: Make,
  publish: (temporary: string) => Promise<Result>,
): Promise<Result> {
  await makeFolder(folder);
  const temporary = newTemporary(folder);
  try {
    await make(temporary.path);
    const result = await publish(temporary.path);
    await syncFolder(folder);
    return result;
  } finally {
    await temporary.remove();
  }
}

/** How often is begun anew where a folder was deleted between two steps. */
const beginnings = 3;

/** Tries again where a folder was deleted meanwhile. */
async function persistently<Result>(write: () => Promise<Result>): Promise<Result> {
  for (let beginning = 1; ; beginning++) {
    try {
      return await write();
    } catch (error) {
      if (!hasCode(error, "ENOENT") || beginning === beginnings) {
        throw error;
      }
    }
  }
}

/**
 * Replaces a file in one step: after a crash or a power cut there is the old one or the new one, never half of one, and once this has
 * resolved it is the new one. A symlink is replaced too, not followed. `rights` are those of the new file; by default the process's own.
 */
export const replaceFile = (path: string, bytes: Uint8Array | string, rights?: Rights): Promise<void> =>
  persistently(() => throughTemporary(dirname(path), writing(bytes, rights), (temporary) => rename(temporary, path)));

/**
 * Takes in a file piece by piece and puts it into the folder in one step, under the name that is told at its end. Where the pieces or the
 * name fail, it leaves nothing and rejects with what they threw.
 */
export const receiveFile = (folder: string, chunks: Chunks, name: () => string): Promise<void> =>
  throughTemporary(folder, receiving(chunks), async (temporary) => rename(temporary, join(folder, name())));

/** File systems without hard links: FAT, some network shares. */
const noLinks = ["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EXDEV", "EMLINK"];

/** A name that is seen to be taken costs no copy; one that is taken in between is noticed by the link. */
const create = (path: string, make: Make): Promise<boolean> =>
  persistently(
    async () =>
      (await sizeIfThere(path)) === undefined &&
      throughTemporary(dirname(path), make, async (temporary) => {
        try {
          await link(temporary, path);
          return true;
        } catch (error) {
          if (hasCode(error, "EEXIST")) {
            return false;
          }
          if (hasCode(error, ...noLinks)) {
            return await createWithoutLink(path, make);
          }
          throw error;
        }
      }),
  );

/** Second best: the name is taken first and filled then, so a crash can leave a file cut short. */
async function createWithoutLink(path: string, make: Make): Promise<boolean> {
  try {
    await make(path);
    return true;
  } catch (error) {
    if (hasCode(error, "EEXIST")) {
      return false;
    }
    throw error;
  }
}

/**
 * Creates a file in one step: a hard link appears whole or not at all, and never over a file that is there. Once this has resolved, a
 * power cut does not undo it.
 * @returns `false` where the name is taken.
 */
export const createFile = (path: string, bytes: Uint8Array): Promise<boolean> => create(path, writing(bytes));

/** Creates a copy of a file in one step, as `createFile` does. */
export const createCopy = (path: string, original: string): Promise<boolean> => create(path, copying(original));

async function digest(path: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path)) {
    hash.update(chunk);
  }
  return hash.digest("hex");
}

/** Whether both files are there and have the same bytes. */
export async function sameFiles(one: string, other: string): Promise<boolean> {
  const [size, otherSize] = await Promise.all([sizeIfThere(one), sizeIfThere(other)]);
  return size !== undefined && size === otherSize && (await digest(one)) === (await digest(other));
}
