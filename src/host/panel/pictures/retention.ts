import { type Job, type Picture, retainedSince } from "../../../core/jobs/job.ts";
import { setting } from "../../settings.ts";
import type { PanelContext } from "../panelContext.ts";
import { deletePictures, findDeletable } from "./deletable.ts";

/** Milliseconds in a day. */
const dayMilliseconds = 86_400_000;

/** Job files of earlier versions have no date for a discard or a keep; they get today's date. */
async function addMissingDates({ services }: PanelContext): Promise<void> {
  const { journal } = services.jobs;
  const isUndated = (picture: Picture): boolean =>
    picture.file !== undefined &&
    (picture.discarded === true || picture.kept.length > 0) &&
    retainedSince(picture) === undefined;
  const now = services.ports.now();
  const withDate = (picture: Picture): Picture => {
    if (!isUndated(picture)) {
      return picture;
    }
    return picture.discarded === true
      ? { ...picture, markedAt: { ...picture.markedAt, discarded: now } }
      : { ...picture, keptAt: now };
  };
  for (const { taskUUID } of journal.list().filter(({ pictures }) => pictures.some(isUndated))) {
    await journal.update(taskUUID, (job: Job) => ({ ...job, pictures: job.pictures.map(withDate) }));
  }
}

/**
 * Deletes pictures that were discarded or kept longer ago than the setting `vault.keepDays` says.
 * Never deletes starred pictures, kept pictures without a copy, or pictures discarded in this
 * window, which can still be restored. Logs the number. Never rejects.
 */
export async function deleteExpired(context: PanelContext): Promise<void> {
  try {
    await deleteExpiredPictures(context);
  } catch (error) {
    context.services.log.warn(`Old pictures could not be deleted from the vault: ${String(error)}`);
  }
}

async function deleteExpiredPictures(context: PanelContext): Promise<void> {
  const days = setting("vault.keepDays");
  if (days <= 0) {
    return;
  }
  await addMissingDates(context);
  const { jobs, ports, log } = context.services;
  const undoableIds = new Set(context.panelState.discarded.map(({ job, picture }) => `${job} ${picture}`));
  const cutoff = ports.now() - days * dayMilliseconds;
  const expired = jobs.journal.list().map(({ taskUUID, pictures }) => ({
    pictures: pictures.filter(
      (picture) => (retainedSince(picture) ?? Infinity) < cutoff && !undoableIds.has(`${taskUUID} ${picture.id}`),
    ),
  }));
  const { discarded, kept } = await findDeletable(expired, context.vaultIndex, ports.files);
  const deletable = [...discarded, ...kept];
  await deletePictures(context, deletable);
  if (deletable.length > 0) {
    log.info(
      `${deletable.length} pictures that were discarded or kept more than ${days} days ago were deleted from the vault.`,
    );
  }
}
