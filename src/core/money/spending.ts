import { isOpen, type Job } from "../jobs/job.ts";
import { plausibleCost, pricePerPicture } from "../jobs/jobCost.ts";
import { billedOf } from "../service/serviceError.ts";
import type { TimeSpan } from "../timeSpan.ts";
import { usesRealMoney } from "./realMoney.ts";
import { sumUsd } from "./usd.ts";

/**
 * Money in US dollars, by how sure it is. The parts never overlap, and each is exact to a
 * millionth.
 */
export interface Spending {
  /** As the service said. */
  readonly spent: number;
  /** For pictures that came without their cost: the price list's word. */
  readonly estimated: number;
  /** What requests under way may still cost, by the price list. */
  readonly reserved: number;
  /** What may have been billed for results that nobody has heard of, by the price list. */
  readonly unknown: number;
}

/**
 * Results of a job that certainly cost nothing. While a job is open, one fault may be told twice:
 * it is not trusted to free money. A single failure stands for the whole of a job that failed.
 */
function countFreeResults(job: Job): number {
  const { failures, state, request } = job;
  const free = failures.filter((failure) => billedOf(failure) === "no").length;
  const isWholeJobFree = state === "failed" && free > 0 && free === failures.length;
  return isOpen(job) ? 0 : isWholeJobFree ? request.count : free;
}

/**
 * What one job says of money. A result that was never begun costs nothing. One that is neither here
 * nor certainly free is reserved while the job is open, and may have been billed afterwards: the
 * service may charge for work that fails. What is forgotten is not followed any more, so nothing of
 * it is under way.
 */
export function spendingOf(job: Job): Spending {
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

/** Whether real money may have been taken for results that did not come. */
export const mayBeBilled = (job: Job): boolean => usesRealMoney(job) && spendingOf(job).unknown > 0;

/** What jobs say of money together. */
export function sumSpending(jobs: readonly Job[]): Spending {
  const all = jobs.map(spendingOf);
  return {
    spent: sumUsd(all.map(({ spent }) => spent)),
    estimated: sumUsd(all.map(({ estimated }) => estimated)),
    reserved: sumUsd(all.map(({ reserved }) => reserved)),
    unknown: sumUsd(all.map(({ unknown }) => unknown)),
  };
}

/** All that counts, in US dollars: what is gone and what may be. */
export const totalUsd = ({ spent, estimated, reserved, unknown }: Spending): number =>
  sumUsd([spent, estimated, reserved, unknown]);

/** Jobs that cost real money and began in the span. */
export const paidJobsIn = (jobs: readonly Job[], { from, to }: TimeSpan): Job[] =>
  jobs.filter((job) => usesRealMoney(job) && job.createdAt >= from && job.createdAt < to);

/** What was bought for real money in a span. */
export const spendingIn = (jobs: readonly Job[], span: TimeSpan): Spending => sumSpending(paidJobsIn(jobs, span));

/**
 * A line of a report: jobs that have something in common, with what they cost and what was made of
 * it.
 */
export interface SpendingGroup {
  /** What they have in common. */
  readonly key: string;
  readonly spending: Spending;
  /** Number of jobs. */
  readonly jobCount: number;
  /** Pictures that came. */
  readonly pictureCount: number;
  /** Those of them that were kept as files. */
  readonly keptCount: number;
}

/** Jobs put together by what `keyOf` says, in the order of their first one. */
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
