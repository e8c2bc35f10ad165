import type { JobView } from "../../protocol.ts";
import {
  applyFilter,
  countByFilter,
  type Filter,
  isSamePicture,
  type JobGroup,
  type SheetEntry,
  searchJobs,
} from "./sheetEntries.ts";

/** The pictures that the sheet shows for a search and a filter. */
export interface ShownEntries {
  readonly groups: readonly JobGroup[];
  /** The pictures of all groups, in order. */
  readonly entries: readonly SheetEntry[];
  /** Number of pictures that match the search, by filter. */
  readonly counts: Readonly<Record<Filter, number>>;
}

/** The pictures of the jobs that match the search and the filter. */
export function shownEntries(jobs: readonly JobView[], text: string, filter: Filter): ShownEntries {
  const matching = searchJobs(jobs, text);
  const groups = applyFilter(matching, filter);
  return { groups, entries: groups.flatMap(({ entries }) => entries), counts: countByFilter(matching) };
}

/** The entry of the same picture; `undefined` if it is not among them. */
export const sameEntry = (entries: readonly SheetEntry[], wanted: SheetEntry | undefined): SheetEntry | undefined =>
  entries.find((entry) => isSamePicture(entry, wanted));

/**
 * The picture that replaces one that disappeared, so that the user can go through the sheet
 * with X and K alone; `undefined` if it was not shown before, or none is left.
 */
export function entryInPlaceOf(
  missing: SheetEntry | undefined,
  before: readonly SheetEntry[],
  after: readonly SheetEntry[],
): SheetEntry | undefined {
  const index = before.findIndex((entry) => isSamePicture(entry, missing));
  return index < 0 ? undefined : after[Math.min(index, after.length - 1)];
}
