import type { JobView, PictureRef, PictureView } from "../../protocol.ts";
import { isOpen, isStored } from "../shared/jobState.ts";

/** A picture in its job. */
export interface SheetEntry {
  readonly job: JobView;
  readonly picture: PictureView;
  /** Its place among the pictures of the job, from 1. */
  readonly number: number;
  /** Number of pictures of the job: those that are stored, or ordered while the job is open. */
  readonly total: number;
  /** Discarded pictures are counted and shown apart from the others. */
  readonly isDiscarded: boolean;
}

/** A place in the sheet: a picture, or `undefined` while it is on its way. */
export type Slot = SheetEntry | undefined;

/** Whether both are the same picture, perhaps of two messages. */
export const isSamePicture = (one: SheetEntry | undefined, other: SheetEntry | undefined): boolean =>
  one !== undefined && one.job.id === other?.job.id && one.picture.id === other.picture.id;

/** The names of an entry's job and picture, as the host knows them. */
export const refOf = ({ job, picture }: SheetEntry): PictureRef => ({ job: job.id, picture: picture.id });

/**
 * The places of these pictures. While the job is open, each picture has its own place from the
 * start, since the pictures may be stored in another order.
 */
function slots(job: JobView, pictures: readonly PictureView[], isDiscarded: boolean): readonly Slot[] {
  const keepsPlaces = isOpen(job) && !isDiscarded;
  const placed = keepsPlaces ? pictures : pictures.filter(isStored);
  const total = keepsPlaces ? Math.max(job.count, placed.length) : placed.length;
  return placed.map((picture, index) =>
    isStored(picture) ? { job, picture, number: index + 1, total, isDiscarded } : undefined,
  );
}

/** The stored pictures of a job, the discarded ones last. */
export const entriesOf = (job: JobView): readonly SheetEntry[] =>
  [...slots(job, job.pictures, false), ...slots(job, job.discarded ?? [], true)].filter((slot) => slot !== undefined);

/**
 * The places of a job in the sheet: those of the `shown` pictures, and `waiting` ones for pictures
 * that are on their way.
 */
export function slotsOf(job: JobView, shown: ReadonlySet<string>, waiting: number): readonly Slot[] {
  const isShown = (slot: Slot) => slot !== undefined && shown.has(slot.picture.id);
  if (waiting === 0) {
    return entriesOf(job).filter(isShown);
  }
  const known = slots(job, job.pictures, false).filter((slot) => slot === undefined || isShown(slot));
  return [...known, ...Array.from({ length: shown.size + waiting - known.length }, () => undefined)];
}

/** The entry of a picture; `undefined` if its job is not known here or does not show it. */
export function findEntry(jobs: ReadonlyMap<string, JobView>, ref: PictureRef | undefined): SheetEntry | undefined {
  const job = ref && jobs.get(ref.job);
  return job && entriesOf(job).find(({ picture }) => picture.id === ref?.picture);
}
