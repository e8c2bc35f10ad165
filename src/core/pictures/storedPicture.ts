import { changePicture, type Picture } from "../jobs/job.ts";
import type { Journal } from "../journal/journal.ts";
import type { Ports } from "../ports.ts";
import { inspectReceived, type ReceivedHeader } from "./inspection.ts";

/** A picture whose bytes are stored: its metadata and the name of its file. */
export type StoredPicture = ReceivedHeader & {
  readonly file: string;
  /** Path of the file, if the vault could not be written. */
  readonly fallbackPath?: string;
};

/**
 * Reads and checks a stored file. One in a fallback folder is moved into the vault, if the vault
 * can be written. `fallbackFiles` are the paths of those files by name; they are listed if absent.
 * @returns `undefined` if there is no such file.
 * @throws what the disk throws; LimnError if the file is not a complete picture.
 */
export async function readStoredPicture(
  { vault, probe, log }: Pick<Ports, "vault" | "probe" | "log">,
  file: string,
  fallbackFiles?: ReadonlyMap<string, string>,
): Promise<StoredPicture | undefined> {
  const bytes = await vault.read(file);
  if (bytes === undefined) {
    return undefined;
  }
  const stored = { file, ...inspectReceived({ probe }, bytes) };
  const fallbackPath = (fallbackFiles ?? (await vault.listFallbackFiles())).get(file);
  if (fallbackPath === undefined) {
    return stored;
  }
  try {
    await vault.write([bytes], () => file);
    return stored;
  } catch (error) {
    log.warn(`${file} could not be written into the vault: ${String(error)}`);
    return { ...stored, fallbackPath };
  }
}

/** Whether the header of a stored picture says that it may have transparent parts. */
export const hasAlphaChannel = (stored: StoredPicture): boolean => "hasAlpha" in stored && stored.hasAlpha === true;

/**
 * Records that a stored picture has no transparent parts if its alpha channel is opaque everywhere:
 * services send such pictures, too. Called when the picture is recorded, because the image process
 * may be busy or hang. Without its answer, what the header says stays. Never rejects.
 */
export async function recordOpaqueAlpha(
  { isOpaque, log }: Pick<Ports, "isOpaque" | "log">,
  journal: Journal,
  job: string,
  { id, file }: { readonly id: string; readonly file: string },
): Promise<void> {
  try {
    if (await isOpaque(file)) {
      // Explicit: an absent value would be filled from the copy that another window remembers.
      await journal.update(job, (current) =>
        changePicture(current, id, (picture) => ({ ...picture, hasAlpha: false })),
      );
    }
  } catch (error) {
    log.warn(`The transparency of ${file} could not be looked at: ${String(error)}`);
  }
}

/** The picture with its stored file. An earlier problem and path do not apply any more. */
export const withStoredFile = (
  { problem: _, fallbackPath: __, ...picture }: Picture,
  stored: StoredPicture,
): Picture => ({ ...picture, ...stored });
