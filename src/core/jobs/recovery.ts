import { moveIntoVault } from "../pictures/fallbackFile.ts";
import { inspectReceived } from "../pictures/inspection.ts";
import { parseVaultName } from "../pictures/vaultName.ts";
import type { Ports } from "../ports.ts";
import type { Job, Picture } from "./job.ts";
import { belongsInVault, changePicture } from "./job.ts";
import type { Journal } from "./journal.ts";

/** A picture of a job whose file lies in a fallback folder. */
interface FallbackFile {
  readonly job: Job;
  readonly id: string;
  /** Name of the file. */
  readonly file: string;
  /** Path of the file. */
  readonly path: string;
}

/**
 * The picture a file belongs to: one whose job names the file, or the one that the file's own name
 * tells.
 */
function findOwner(jobs: readonly Job[], file: string, path: string): FallbackFile | undefined {
  const [taskUUID, id] = parseVaultName(file) ?? [];
  for (const job of jobs) {
    const named = job.pictures.find((picture) => picture.file === file)?.id;
    const found = named ?? (job.taskUUID === taskUUID ? id : undefined);
    if (found !== undefined) {
      return { job, id: found, file, path };
    }
  }
  return undefined;
}

/** The job with an entry for the picture, if it had none. */
const withPicture = (job: Job, id: string): Job =>
  job.pictures.some((picture) => picture.id === id) ? job : { ...job, pictures: [...job.pictures, { id, kept: [] }] };

async function recoverFile({ vault, probe, log }: Ports, journal: Journal, fallbackFile: FallbackFile): Promise<void> {
  const { job, id, file, path } = fallbackFile;
  const bytes = await vault.read(file);
  if (bytes === undefined) {
    return;
  }
  const facts = inspectReceived({ probe }, bytes);
  const location = await moveIntoVault({ vault, log }, file, path, bytes);
  await journal.update(job.taskUUID, (current) =>
    changePicture(withPicture(current, id), id, ({ problem: _, rescued: __, ...picture }) => ({
      ...picture,
      ...{ file, ...facts },
      ...location,
    })),
  );
}

/**
 * Brings into the vault what it could not take when it came, whether or not the jobs know of it:
 * the journal may have been on the same full disk. Until the vault can take a picture, its job says
 * where it is. Files that belong to no job, and damaged ones, stay where they are.
 */
async function recoverFallbackFiles(ports: Ports, journal: Journal, jobs: readonly Job[]): Promise<void> {
  const fallbackFiles = await ports.vault.listFallbackFiles();
  for (const { taskUUID, pictures } of jobs) {
    const hasStalePath = ({ file = "", rescued }: Picture) => rescued !== undefined && !fallbackFiles.has(file);
    if (pictures.some(hasStalePath)) {
      // Another window, or the user, has moved the file.
      await journal.update(taskUUID, (job) => ({
        ...job,
        pictures: job.pictures.map((picture) => {
          const { rescued: _, ...others } = picture;
          return hasStalePath(picture) ? others : picture;
        }),
      }));
    }
  }
  for (const [file, path] of fallbackFiles) {
    const fallbackFile = findOwner(jobs, file, path);
    try {
      if (fallbackFile !== undefined) {
        await recoverFile(ports, journal, fallbackFile);
      }
    } catch (error) {
      ports.log.warn(`${path} could not be taken into the vault: ${String(error)}`);
    }
  }
}

/**
 * Notes which pictures are not in the vault any more, though nobody has kept or discarded them:
 * then they can be fetched again.
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
        const { file, rescued: _, ...others } = picture;
        return file !== undefined && missing.has(file) ? others : picture;
      }),
    }));
  }
}

/**
 * Makes jobs agree with the vault: brings home what lies in a fallback folder, and notes which
 * pictures are nowhere any more. Asks nobody, and fetches nothing.
 */
export async function reconcile(ports: Ports, journal: Journal, jobs: readonly Job[]): Promise<void> {
  await recoverFallbackFiles(ports, journal, jobs);
  for (const job of jobs) {
    await recordMissingPictures(ports, journal, journal.get(job.taskUUID) ?? job);
  }
}
