import type { Journal } from "../journal/journal.ts";
import { hasAlphaChannel, readStoredPicture, recordOpaqueAlpha, withStoredFile } from "../pictures/storedPicture.ts";
import { parseVaultName } from "../pictures/vaultName.ts";
import type { Ports } from "../ports.ts";
import type { Job, Picture } from "./job.ts";
import { belongsInVault, changePicture } from "./job.ts";

/** A picture whose file is in a fallback folder. */
interface FallbackFile {
  readonly job: Job;
  readonly id: string;
  /** Name of the file. */
  readonly file: string;
}

/**
 * The picture a file belongs to: the one whose job names the file, or the one in the file's own
 * name.
 */
function findOwner(jobs: readonly Job[], file: string): FallbackFile | undefined {
  const [taskUUID, id] = parseVaultName(file) ?? [];
  for (const job of jobs) {
    const named = job.pictures.find((picture) => picture.file === file)?.id;
    const found = named ?? (job.taskUUID === taskUUID ? id : undefined);
    if (found !== undefined) {
      return { job, id: found, file };
    }
  }
  return undefined;
}

/** The job with an entry for the picture, if it had none. */
const withPicture = (job: Job, id: string): Job =>
  job.pictures.some((picture) => picture.id === id) ? job : { ...job, pictures: [...job.pictures, { id, kept: [] }] };

async function recoverFile(
  ports: Ports,
  journal: Journal,
  { job, id, file }: FallbackFile,
  fallbackFiles: ReadonlyMap<string, string>,
): Promise<void> {
  const stored = await readStoredPicture(ports, file, fallbackFiles);
  if (stored !== undefined) {
    await journal.update(job.taskUUID, (current) =>
      changePicture(withPicture(current, id), id, (picture) => withStoredFile(picture, stored)),
    );
    if (hasAlphaChannel(stored)) {
      void recordOpaqueAlpha(ports, journal, job.taskUUID, { id, file });
    }
  }
}

/**
 * Moves files of fallback folders into the vault, even if their jobs do not have them: the
 * journal may have been on the same full disk. Until the vault can be written, the job has the
 * file's path. Damaged files, and those of no job, stay where they are.
 */
async function recoverFallbackFiles(ports: Ports, journal: Journal, jobs: readonly Job[]): Promise<void> {
  const fallbackFiles = await ports.vault.listFallbackFiles();
  for (const { taskUUID, pictures } of jobs) {
    const hasStalePath = ({ file = "", fallbackPath }: Picture) =>
      fallbackPath !== undefined && !fallbackFiles.has(file);
    if (pictures.some(hasStalePath)) {
      // Another window, or the user, has moved the file.
      await journal.update(taskUUID, (job) => ({
        ...job,
        pictures: job.pictures.map((picture) => {
          const { fallbackPath: _, ...others } = picture;
          return hasStalePath(picture) ? others : picture;
        }),
      }));
    }
  }
  for (const [file, path] of fallbackFiles) {
    const fallbackFile = findOwner(jobs, file);
    try {
      if (fallbackFile !== undefined) {
        await recoverFile(ports, journal, fallbackFile, fallbackFiles);
      }
    } catch (error) {
      ports.log.warn(`${path} could not be moved into the vault: ${String(error)}`);
    }
  }
}

/**
 * Records which pictures are missing from the vault although they were neither kept nor discarded.
 * They can be downloaded again.
 */
export async function recordMissingPictures(
  { vault }: Pick<Ports, "vault">,
  journal: Journal,
  job: Job,
): Promise<void> {
  const missing = new Set<string>();
  for (const { file = "" } of job.pictures.filter(belongsInVault)) {
    if (!(await vault.has(file))) {
      missing.add(file);
    }
  }
  if (missing.size > 0) {
    await journal.update(job.taskUUID, (current) => ({
      ...current,
      pictures: current.pictures.map((picture) => {
        const { file, fallbackPath: _, ...others } = picture;
        return file !== undefined && missing.has(file) ? others : picture;
      }),
    }));
  }
}

/**
 * Makes jobs agree with the vault: moves files of fallback folders into it, and records which
 * pictures are missing. Downloads nothing.
 */
export async function reconcile(ports: Ports, journal: Journal, jobs: readonly Job[]): Promise<void> {
  await recoverFallbackFiles(ports, journal, jobs);
  // Thousands of pictures are not looked up one by one.
  const names = await ports.vault.list();
  for (const job of jobs) {
    const current = journal.get(job.taskUUID) ?? job;
    if (current.pictures.some((picture) => belongsInVault(picture) && !names.has(picture.file ?? ""))) {
      await recordMissingPictures(ports, journal, current);
    }
  }
}
