import type { JobView, PictureView } from "../../protocol.ts";
import { isStored } from "../jobs/jobStatus.ts";

/** A picture in its job. */
export interface SheetEntry {
  readonly job: JobView;
  readonly picture: PictureView;
  /** Its place among the pictures of the job that are here, from 1. */
  readonly number: number;
  /** How many of them are here. */
  readonly total: number;
  /** Whether it was discarded: it is counted and shown apart from the others. */
  readonly isDiscarded: boolean;
}

/** Whether both are the same picture, perhaps at two times. */
export const isSamePicture = (one: SheetEntry | undefined, other: SheetEntry | undefined): boolean =>
  one !== undefined && one.job.id === other?.job.id && one.picture.id === other.picture.id;

/** The pictures of one job that match. */
export interface JobGroup {
  readonly job: JobView;
  readonly entries: readonly SheetEntry[];
}

/** What can be looked for, in the order it is offered. */
export const filters = ["all", "unkept", "kept", "starred", "discarded"] as const;

/** One of them. */
export type Filter = (typeof filters)[number];

const matchesFilter: Readonly<Record<Filter, (entry: SheetEntry) => boolean>> = {
  all: ({ isDiscarded }) => !isDiscarded,
  unkept: ({ isDiscarded, picture }) => !isDiscarded && picture.kept.length === 0,
  kept: ({ isDiscarded, picture }) => !isDiscarded && picture.kept.length > 0,
  starred: ({ isDiscarded, picture }) => !isDiscarded && picture.isStarred,
  discarded: ({ isDiscarded }) => isDiscarded,
};

/** The pictures that are here. */
function storedEntries(job: JobView, pictures: readonly PictureView[], isDiscarded: boolean): readonly SheetEntry[] {
  const stored = pictures.filter(isStored);
  return stored.map((picture, index) => ({ job, picture, number: index + 1, total: stored.length, isDiscarded }));
}

/**
 * The jobs whose prompts hold every word of the text, in any order and in either case, with their
 * pictures.
 */
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

/** Those that pass the filter; groups without any fall away. */
export const applyFilter = (groups: readonly JobGroup[], filter: Filter): readonly JobGroup[] =>
  groups
    .map(({ job, entries }) => ({ job, entries: entries.filter(matchesFilter[filter]) }))
    .filter(({ entries }) => entries.length > 0);

/** How many there are of each kind. */
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
