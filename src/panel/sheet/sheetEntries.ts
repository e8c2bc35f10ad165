import type { JobView, PictureView } from "../../protocol.ts";
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

/** Whether both are the same picture, perhaps of two snapshots. */
export const isSamePicture = (one: SheetEntry | undefined, other: SheetEntry | undefined): boolean =>
  one !== undefined && one.job.id === other?.job.id && one.picture.id === other.picture.id;

/** The pictures of one job that match. */
export interface JobGroup {
  readonly job: JobView;
  readonly entries: readonly SheetEntry[];
}

/** The filters, in the order in which they are offered. */
export const filters = ["all", "unkept", "kept", "starred", "discarded"] as const;

/** A filter of the sheet. */
export type Filter = (typeof filters)[number];

const matchesFilter: Readonly<Record<Filter, (entry: SheetEntry) => boolean>> = {
  all: ({ isDiscarded }) => !isDiscarded,
  unkept: ({ isDiscarded, picture }) => !isDiscarded && picture.kept.length === 0,
  kept: ({ isDiscarded, picture }) => !isDiscarded && picture.kept.length > 0,
  starred: ({ isDiscarded, picture }) => !isDiscarded && picture.isStarred,
  discarded: ({ isDiscarded }) => isDiscarded,
};

function storedEntries(job: JobView, pictures: readonly PictureView[], isDiscarded: boolean): readonly SheetEntry[] {
  const stored = pictures.filter(isStored);
  return stored.map((picture, index) => ({ job, picture, number: index + 1, total: stored.length, isDiscarded }));
}

/** Jobs with pictures whose prompt has every word of `text`, in any order and case. */
export function searchJobs(jobs: readonly JobView[], text: string): readonly JobGroup[] {
  const words = text.toLocaleLowerCase().split(/\s+/u).filter(Boolean);
  const matches = ({ prompt }: JobView): boolean => {
    const searchedText = words.length === 0 ? "" : prompt.toLocaleLowerCase();
    return words.every((word) => searchedText.includes(word));
  };
  return jobs
    .filter(matches)
    .map((job) => ({
      job,
      entries: [...storedEntries(job, job.pictures, false), ...storedEntries(job, job.discarded ?? [], true)],
    }))
    .filter(({ entries }) => entries.length > 0);
}

/** The pictures that match the filter, without the groups that have none. */
export const applyFilter = (groups: readonly JobGroup[], filter: Filter): readonly JobGroup[] =>
  groups
    .map(({ job, entries }) => ({ job, entries: entries.filter(matchesFilter[filter]) }))
    .filter(({ entries }) => entries.length > 0);

/** Number of pictures that match each filter. */
export function countByFilter(groups: readonly JobGroup[]): Readonly<Record<Filter, number>> {
  const all = groups.flatMap(({ entries }) => entries);
  const countOf = (filter: Filter): number => all.filter(matchesFilter[filter]).length;
  return {
    all: countOf("all"),
    unkept: countOf("unkept"),
    kept: countOf("kept"),
    starred: countOf("starred"),
    discarded: countOf("discarded"),
  };
}
