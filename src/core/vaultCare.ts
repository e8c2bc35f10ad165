import { type Job, type Picture, unkept } from "./job.ts";
import type { Journal } from "./journal.ts";
import type { Ports } from "./ports.ts";

/** Changes the pictures of a job. */
const change = (journal: Journal, { taskUUID }: Job, of: (picture: Picture) => Picture): Promise<Job> =>
  journal.update(taskUUID, (job) => ({ ...job, pictures: job.pictures.map(of) }));

/** Notes which pictures are not in the vault any more, though nobody has kept them or put them away: then they can be fetched again. */
export async function missPictures(ports: Pick<Ports, "vault">, journal: Journal, job: Job): Promise<void> {
  const gone = new Set<string>();
  for (const { file = "" } of unkept(job)) {
    if (!(await ports.vault.has(file))) {
      gone.add(file);
    }
  }
  if (gone.size > 0) {
    await change(journal, job, (picture) => {
      const { file, ...others } = picture;
      return file === undefined || !gone.has(file) ? picture : others;
    });
  }
}

/** Brings into the vault what it could not take when it came. Where it still cannot, the job goes on saying so. */
export async function bringHome({ vault, log }: Ports, journal: Journal, job: Job): Promise<void> {
  for (const { id, file = "", rescued } of job.pictures) {
    const bytes = rescued === undefined ? undefined : await vault.read(file);
    if (bytes !== undefined) {
      try {
        await vault.write([bytes], () => file);
        await change(journal, job, (picture) => {
          const { rescued: _, ...others } = picture;
          return picture.id === id ? others : picture;
        });
      } catch (error) {
        log.warn(`${file} could not be brought into the vault: ${String(error)}`);
      }
    }
  }
}
