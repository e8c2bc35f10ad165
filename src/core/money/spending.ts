import { isOpen, type Job } from "../jobs/job.ts";
import { plausibleCost, pricePerPicture } from "../jobs/jobCost.ts";
import { billedOf } from "../service/serviceError.ts";
import type { TimeSpan } from "../timeSpan.ts";
import { usesRealMoney } from "./realMoney.ts";
import { sumUsd } from "./usd.ts";

/**
 * Money in US dollars, by how certain it is. The parts never overlap, and each is exact to a
 * millionth.
 */
export interface Spending {
  /** Costs from the service. */
  readonly spent: number;
  /** Estimates for pictures that arrived without their cost. */
  readonly estimated: number;
  /** Estimates for running requests. */
  readonly reserved: number;
  /** Estimates for missing results that may have been billed. */
  readonly unknown: number;
}

/**
 * Number of results that certainly cost nothing. While a job is open, the service may report one
 * error twice, so it frees no money. A single failure counts for the whole of a failed job.
 */
function countFreeResults(job: Job): number {
  const { failures, state, request } = job;
  const free = failures.filter((failure) => billedOf(failure) === "no").length;
  const isWholeJobFree = state === "failed" && free > 0 && free === failures.length;
  return isOpen(job) ? 0 : isWholeJobFree ? request.count : free;
}

/** The spending of each job that was asked for. A changed job is a new object. */
const knownSpending = new WeakMap<Job, Spending>();

/**
 * The spending of one job. A result that was never started costs nothing. One that is neither here
 * nor certainly free is reserved while the job is open, and may have been billed afterwards,
 * because the service may charge for failed work. A removed job is not followed any more, so
 * nothing of it is reserved.
 */
export function spendingOf(job: Job): Spending {
  const known = knownSpending.get(job);
  if (known !== undefined) {
    return known;
  }
  const spending = calculateSpending(job);
  knownSpending.set(job, spending);
  return spending;
}

function calculateSpending(job: Job): Spending {
  const { pictures, request, forgotten } = job;
  const price = pricePerPicture(job);
  const reportedCosts = pictures.flatMap((picture) => plausibleCost(job, picture) ?? []);
  const missing = Math.max(0, request.count - pictures.length - countFreeResults(job));
  const isRunning = isOpen(job) && forgotten !== true;
  return {
    spent: sumUsd(reportedCosts),
    estimated: sumUsd([price * (pictures.length - reportedCosts.length)]),
    reserved: isRunning ? sumUsd([price * missing]) : 0,
    unknown: isRunning ? 0 : sumUsd([price * missing]),
  };
}

/**
 * Whether the spending of a job cannot change any more: it is free, or it has ended and all its
 * costs are known.
 */
export function isSpendingFinal(job: Job): boolean {
  const { estimated, reserved, unknown } = spendingOf(job);
  const hasEnded = job.state === "done" || job.forgotten === true;
  return !usesRealMoney(job) || (hasEnded && estimated + reserved + unknown === 0);
}

/** Whether real money may have been charged for results that did not come. */
export const mayBeBilled = (job: Job): boolean => usesRealMoney(job) && spendingOf(job).unknown > 0;

/** The spending of several jobs. */
export function sumSpending(jobs: readonly Job[]): Spending {
  const all = jobs.map(spendingOf);
  return {
    spent: sumUsd(all.map(({ spent }) => spent)),
    estimated: sumUsd(all.map(({ estimated }) => estimated)),
    reserved: sumUsd(all.map(({ reserved }) => reserved)),
    unknown: sumUsd(all.map(({ unknown }) => unknown)),
  };
}

/** The sum of all parts in US dollars. */
export const totalUsd = ({ spent, estimated, reserved, unknown }: Spending): number =>
  sumUsd([spent, estimated, reserved, unknown]);

/** Jobs that cost real money and were created in the span. */
export const paidJobsIn = (jobs: readonly Job[], { from, to }: TimeSpan): Job[] =>
  jobs.filter((job) => usesRealMoney(job) && job.createdAt >= from && job.createdAt < to);

/** Spending of real money in a span. */
export const spendingIn = (jobs: readonly Job[], span: TimeSpan): Spending => sumSpending(paidJobsIn(jobs, span));

/** A line of a report: jobs that have a key in common. */
export interface SpendingGroup {
  /** What they have in common. */
  readonly key: string;
  readonly spending: Spending;
  /** Number of jobs. */
  readonly jobCount: number;
  /** Number of pictures. */
  readonly pictureCount: number;
  /** Number of pictures that were kept as files. */
  readonly keptCount: number;
}

/** Groups jobs by the key that `keyOf` returns, in the order of each group's first job. */
export const groupJobs = (jobs: readonly Job[], keyOf: (job: Job) => string): SpendingGroup[] =>
  [...Map.groupBy(jobs, keyOf)].map(([key, members]) => {
    const pictures = members.flatMap((job) => job.pictures);
    return {
      key,
      spending: sumSpending(members),
      jobCount: members.length,
      pictureCount: pictures.length,
      keptCount: pictures.filter(({ kept }) => kept.length > 0).length,
    };
  });
