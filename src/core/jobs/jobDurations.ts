import { findModel } from "../models/findModel.ts";
import type { Family } from "../models/model.ts";
import { tierOf } from "../models/size.ts";
import { defaultPollingInterval } from "../service/pollingInterval.ts";
import type { Job } from "./job.ts";

/** What the duration of a job depends on, and the duration. */
export type TimedJob = Pick<Job, "endpoint" | "model" | "firstPictureAfter"> & {
  readonly request: Pick<Job["request"], "shape" | "count">;
};

/** Number of latest durations that count, and the least number from which anything is concluded. */
const [sampleSize, minSampleSize] = [20, 10];

/**
 * Returns the age in milliseconds before which a task need not be polled; 0 if that is not known.
 *
 * As much faster than the fastest job as that one is faster than most: jobs of very different
 * durations lead to an early first poll, slow exceptions change nothing. At nine tenths of that, a
 * job may be faster still by a tenth and its picture waits no longer than usual.
 *
 * A job may fail, or be faster than all before. So the first poll is not later than any other poll
 * may be. If the job has ended by then, its duration counts as that of the first poll, which is
 * shorter than all others, and the next first polls are earlier.
 *
 * @param durations milliseconds until the first picture of jobs of the same kind.
 */
export function firstPollAge(durations: readonly number[]): number {
  const sorted = durations.toSorted((a, b) => a - b);
  const [shortest, median] = [sorted.at(0), sorted.at(Math.floor(sorted.length / 2))];
  return shortest === undefined || median === undefined || sorted.length < minSampleSize
    ? 0
    : Math.min(0.9 * shortest * (shortest / median), defaultPollingInterval.max);
}

/** The durations of the latest jobs of each kind: same endpoint, model, tier and count. */
export class JobDurations {
  readonly #family: Family;
  readonly #listStored: () => Iterable<TimedJob>;
  /** Milliseconds by kind, latest first. Read from the stored jobs when first needed. */
  #byKind: Map<string, number[]> | undefined;

  /** @param listStored returns the jobs of earlier sessions, newest first. */
  constructor(family: Family, listStored: () => Iterable<TimedJob>) {
    this.#family = family;
    this.#listStored = listStored;
  }

  /** Adds a job that has just got its first picture. */
  add(job: TimedJob): void {
    const { firstPictureAfter } = job;
    if (firstPictureAfter !== undefined) {
      const durations = this.#durationsOf(job);
      durations.unshift(firstPictureAfter);
      durations.splice(sampleSize);
    }
  }

  /** Returns `firstPollAge` for jobs of the same kind. */
  firstPollAge(job: TimedJob): number {
    return firstPollAge(this.#durationsOf(job));
  }

  #durationsOf(job: TimedJob): number[] {
    this.#byKind ??= this.#readStored();
    const kind = this.#kindOf(job);
    const durations = this.#byKind.get(kind) ?? [];
    this.#byKind.set(kind, durations);
    return durations;
  }

  #readStored(): Map<string, number[]> {
    const timed = [...this.#listStored()].filter(({ firstPictureAfter }) => firstPictureAfter !== undefined);
    const byKind = Map.groupBy(timed, (job) => this.#kindOf(job));
    return new Map(
      [...byKind].map(([kind, jobs]) => [
        kind,
        jobs.slice(0, sampleSize).flatMap(({ firstPictureAfter }) => firstPictureAfter ?? []),
      ]),
    );
  }

  #kindOf({ endpoint, model, request }: TimedJob): string {
    const known = findModel(this.#family, model);
    const tier = known === undefined ? undefined : tierOf(known, request.shape);
    return JSON.stringify([endpoint, model, tier, request.count]);
  }
}
