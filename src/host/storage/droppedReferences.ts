import { createHash } from "node:crypto";
import { readdir, rm, stat, utimes } from "node:fs/promises";
import { join } from "node:path";
import { createFile } from "./durableFile.ts";
import { undefinedIfNotFound } from "./fileError.ts";

/**
 * Milliseconds a dropped reference image is kept after its last use. Long, because the draft of a
 * workspace that is closed may still need it, and only a window of that workspace knows.
 */
const unusedAge = 90 * 24 * 60 * 60 * 1000;

/** SHA-256 of the image, and the extension of its format. */
const namePattern = /^[\da-f]{64}\.(jpg|png|webp)$/;

/** Marks the file as used now. */
async function touch(path: string): Promise<void> {
  const now = new Date();
  await utimes(path, now, now);
}

/**
 * Stores an image that was dropped or pasted into the panel under a name that depends on its
 * content only, and returns the path.
 */
export async function storeDroppedReference(folder: string, bytes: Uint8Array, extension: string): Promise<string> {
  const hash = createHash("sha256").update(bytes).digest("hex");
  const path = join(folder, `${hash}.${extension}`);
  // An existing file of this name has the same bytes.
  if (!(await createFile(path, bytes))) {
    await touch(path);
  }
  return path;
}

/** What may still need a dropped reference image. */
export interface ReferenceUses {
  /** URIs of the draft's reference images. */
  readonly draft: readonly string[];
  /** URIs of the reference images of all jobs that the user can still see. */
  readonly jobs: readonly string[];
  /** Texts of job files that cannot be read as jobs. */
  readonly unreadableJobs: readonly string[];
}

const nameInUri = (uri: string): string => uri.slice(uri.lastIndexOf("/") + 1);

/**
 * Deletes dropped reference images that neither the draft nor a job needs and that nothing has used
 * for a long time. Every run counts as a use of the draft's images.
 *
 * @param now milliseconds since the epoch.
 */
export async function deleteUnusedReferences(folder: string, uses: ReferenceUses, now: number): Promise<void> {
  const draftNames = new Set(uses.draft.map(nameInUri));
  const jobNames = new Set(uses.jobs.map(nameInUri));
  const names = (await undefinedIfNotFound(readdir(folder))) ?? [];
  for (const name of names.filter((name) => namePattern.test(name))) {
    const path = join(folder, name);
    const isNeededByJob = jobNames.has(name) || uses.unreadableJobs.some((text) => text.includes(name));
    if (draftNames.has(name)) {
      await touch(path);
    } else if (!isNeededByJob && now - (await stat(path)).mtimeMs > unusedAge) {
      await rm(path, { force: true });
    }
  }
}
