import { type Job, type Picture, retainedSince } from "../../core/job.ts";
import { setting } from "../settings.ts";
import { findSpare, remove } from "./cleanUp.ts";
import type { Desk } from "./desk.ts";

/** Milliseconds of a day. */
const day = 86_400_000;

/** Files of earlier versions do not tell when a picture was discarded or kept: for those it counts as done now. */
async function dateUndated({ services }: Desk): Promise<void> {
  const { journal } = services.jobs;
  const isUndated = (picture: Picture): boolean =>
    picture.file !== undefined &&
    (picture.discarded === true || picture.kept.length > 0) &&
    retainedSince(picture) === undefined;
  const now = services.ports.now();
  const dated = (picture: Picture): Picture => {
    if (!isUndated(picture)) {
      return picture;
    }
    return picture.discarded === true
      ? { ...picture, markedAt: { ...picture.markedAt, discarded: now } }
      : { ...picture, keptAt: now };
  };
  for (const { taskUUID } of journal.list().filter(({ pictures }) => pictures.some(isUndated))) {
    await journal.update(taskUUID, (job: Job) => ({ ...job, pictures: job.pictures.map(dated) }));
  }
}

/**
 * Deletes, as the retention setting says, what was discarded or kept as a file so long ago: never what is starred or nowhere else, and
 * never what was discarded since the window was opened, where it can be brought back. Says in the log what went.
 */
export async function retire(desk: Desk): Promise<void> {
  const days = setting("vault.keepDays");
  if (days <= 0) {
    return;
  }
  await dateUndated(desk);
  const { jobs, ports, log } = desk.services;
  const undoable = new Set(desk.notes.discarded.map(({ job, picture }) => `${job} ${picture}`));
  const before = ports.now() - days * day;
  const old = jobs.journal.list().map(({ taskUUID, pictures }) => ({
    pictures: pictures.filter(
      (picture) => (retainedSince(picture) ?? Infinity) < before && !undoable.has(`${taskUUID} ${picture.id}`),
    ),
  }));
  const { discarded, kept } = await findSpare(old, desk.vault, ports.files);
  const spare = [...discarded, ...kept];
  await remove(desk, spare);
  if (spare.length > 0) {
    log.info(
      `${spare.length} pictures that were discarded or kept more than ${days} days ago were deleted from the vault.`,
    );
  }
}
