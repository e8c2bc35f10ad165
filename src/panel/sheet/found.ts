import type { JobView, PictureView } from "../../protocol.ts";
import { hasArrived } from "../jobs/standing.ts";

/** A picture in its job. */
export interface Found {
  readonly job: JobView;
  readonly picture: PictureView;
  /** Its place among the pictures of the job that are here, from 1. */
  readonly number: number;
  /** How many of them are here. */
  readonly of: number;
  /** Whether it was discarded: it is counted and shown apart from the others. */
  readonly discarded: boolean;
}

/** Whether both are the same picture, perhaps at two times. */
export const isSame = (one: Found | undefined, other: Found | undefined): boolean =>
  one !== undefined && one.job.id === other?.job.id && one.picture.id === other.picture.id;

/** The pictures of one job that match. */
export interface Group {
  readonly job: JobView;
  readonly found: readonly Found[];
}

/** What can be looked for, in the order it is offered. */
export const filters = ["all", "unkept", "kept", "starred", "discarded"] as const;

/** One of them. */
export type Filter = (typeof filters)[number];

const passes: Readonly<Record<Filter, (found: Found) => boolean>> = {
  all: ({ discarded }) => !discarded,
  unkept: ({ discarded, picture }) => !discarded && picture.kept.length === 0,
  kept: ({ discarded, picture }) => !discarded && picture.kept.length > 0,
  starred: ({ discarded, picture }) => !discarded && picture.starred,
  discarded: ({ discarded }) => discarded,
};

/** The pictures that are here. */
function arrived(job: JobView, pictures: readonly PictureView[], discarded: boolean): readonly Found[] {
  const here = pictures.filter(hasArrived);
  return here.map((picture, index) => ({ job, picture, number: index + 1, of: here.length, discarded }));
}

/** The jobs whose prompts hold every word of the text, in any order and in either case, with their pictures. */
export function search(jobs: readonly JobView[], text: string): readonly Group[] {
  const words = text.toLocaleLowerCase().split(/\s+/u).filter(Boolean);
  const matches = ({ prompt }: JobView): boolean => {
    const within = words.length === 0 ? "" : prompt.toLocaleLowerCase();
    return words.every((word) => within.includes(word));
  };
  return jobs
    .filter(matches)
    .map((job) => ({ job, found: [...arrived(job, job.pictures, false), ...arrived(job, job.discarded ?? [], true)] }))
    .filter(({ found }) => found.length > 0);
}

/** Those that pass the filter; groups without any fall away. */
export const pass = (groups: readonly Group[], filter: Filter): readonly Group[] =>
  groups
    .map(({ job, found }) => ({ job, found: found.filter(passes[filter]) }))
    .filter(({ found }) => found.length > 0);

/** How many there are of each kind. */
export function tally(groups: readonly Group[]): Readonly<Record<Filter, number>> {
  const all = groups.flatMap(({ found }) => found);
  const many = (filter: Filter): number => all.filter(passes[filter]).length;
  return {
    all: many("all"),
    unkept: many("unkept"),
    kept: many("kept"),
    starred: many("starred"),
    discarded: many("discarded"),
  };
}
