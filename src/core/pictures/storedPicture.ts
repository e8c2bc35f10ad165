import type { Picture } from "../jobs/job.ts";
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

/**
 * The same without `hasAlpha` if its alpha channel is opaque everywhere: services send such
 * pictures, too. A picture that cannot be decoded keeps what its header says.
 */
export async function withoutOpaqueAlpha(
  { isOpaque, log }: Pick<Ports, "isOpaque" | "log">,
  stored: StoredPicture,
): Promise<StoredPicture> {
  if (!("hasAlpha" in stored)) {
    return stored;
  }
  try {
    const { hasAlpha: _, ...opaque } = stored;
    return (await isOpaque(stored.file)) ? opaque : stored;
  } catch (error) {
    log.warn(`The transparency of ${stored.file} could not be looked at: ${String(error)}`);
    return stored;
  }
}

/** The picture with its stored file. An earlier problem and path do not apply any more. */
export const withStoredFile = (
  { problem: _, fallbackPath: __, ...picture }: Picture,
  stored: StoredPicture,
): Picture => ({ ...picture, ...stored });
