import type { JobView, PictureRef, PictureView } from "../../protocol.ts";
import { isStored } from "../shared/jobState.ts";

/** A picture in its job. */
export interface SheetEntry {
  readonly job: JobView;
  readonly picture: PictureView;
  /** Its place among the stored pictures of the job, from 1. */
  readonly number: number;
  /** Number of stored pictures of the job. */
  readonly total: number;
  /** Discarded pictures are counted and shown apart from the others. */
  readonly isDiscarded: boolean;
}

/** Whether both are the same picture, perhaps of two messages. */
export const isSamePicture = (one: SheetEntry | undefined, other: SheetEntry | undefined): boolean =>
  one !== undefined && one.job.id === other?.job.id && one.picture.id === other.picture.id;

/** The names of an entry's job and picture, as the host knows them. */
export const refOf = ({ job, picture }: SheetEntry): PictureRef => ({ job: job.id, picture: picture.id });

function storedEntries(job: JobView, pictures: readonly PictureView[], isDiscarded: boolean): readonly SheetEntry[] {
  const stored = pictures.filter(isStored);
  return stored.map((picture, index) => ({ job, picture, number: index + 1, total: stored.length, isDiscarded }));
}

/** The stored pictures of a job, the discarded ones last. */
export const entriesOf = (job: JobView): readonly SheetEntry[] => [
  ...storedEntries(job, job.pictures, false),
  ...storedEntries(job, job.discarded ?? [], true),
];

/** The entry of a picture; `undefined` if its job is not known here or does not show it. */
export function findEntry(jobs: ReadonlyMap<string, JobView>, ref: PictureRef | undefined): SheetEntry | undefined {
  const job = ref && jobs.get(ref.job);
  return job && entriesOf(job).find(({ picture }) => picture.id === ref?.picture);
}
