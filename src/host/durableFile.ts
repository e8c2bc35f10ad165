import { createHash, randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import { constants, copyFile, link, mkdir, open, readFile, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { Chunks } from "../core/ports.ts";

/** Whether an error of the file system has one of the codes. */
export const hasCode = (error: unknown, ...codes: readonly string[]): boolean =>
  error instanceof Error && "code" in error && typeof error.code === "string" && codes.includes(error.code);

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

const writing =
  (content: Uint8Array | string | Chunks): Make =>
  async (path) => {
    const file = await open(path, "wx");
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
  };

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

/** Makes a file of its own beside the target, and gives its path. */
async function makeBeside(path: string, make: Make): Promise<string> {
  await mkdir(dirname(path), { recursive: true });
  const temporary = join(dirname(path), `.${basename(path).slice(0, 60)}.${randomUUID()}.tmp`);
  try {
    await make(temporary);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  return temporary;
}

/** Gives a file its name; where it cannot have one, the file goes. */
async function moveTo(path: () => string, temporary: string): Promise<void> {
  try {
    await rename(temporary, path());
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/** Replaces a file in one step: after a crash or a power cut there is the old one or the new one, never half of one. */
export async function replaceFile(path: string, bytes: Uint8Array | string): Promise<void> {
  await moveTo(() => path, await makeBeside(path, writing(bytes)));
}

/**
 * Takes in a file piece by piece and puts it into the folder in one step, under the name that is told at its end. Where the pieces or the
 * name fail, it leaves nothing and rejects with what they threw.
 */
export async function receiveFile(folder: string, chunks: Chunks, name: () => string): Promise<void> {
  const temporary = await makeBeside(join(folder, "incoming"), writing(chunks));
  await moveTo(() => join(folder, name()), temporary);
}

/** File systems without hard links: FAT, some network shares. */
const noLinks = ["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EXDEV", "EMLINK"];

async function create(path: string, make: Make): Promise<boolean> {
  const temporary = await makeBeside(path, make);
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
  } finally {
    await rm(temporary, { force: true });
  }
}

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
 * Creates a file in one step: a hard link appears whole or not at all, and never over a file that is there.
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
