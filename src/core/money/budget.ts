import { LimnError } from "../errors.ts";
import type { Job } from "../jobs/job.ts";
import type { Limits } from "../ports.ts";
import { dayAround, monthAround, type TimeSpan } from "../timeSpan.ts";
import { paidJobsIn, type Spending, spendingIn, sumSpending, totalUsd } from "./spending.ts";
import { formatUsd, sumUsd } from "./usd.ts";

/** A stretch of time that can have a limit, and how a person calls its budget. */
interface BudgetPeriod {
  readonly key: "perDay" | "perMonth";
  readonly spanAround: (at: number) => TimeSpan;
  readonly name: string;
}

const budgetPeriods: readonly BudgetPeriod[] = [
  { key: "perDay", spanAround: dayAround, name: "Today's budget" },
  { key: "perMonth", spanAround: monthAround, name: "This month's budget" },
];

/** A limit that is set, and how much of it is gone. US dollars. */
export interface BudgetStatus {
  readonly period: BudgetPeriod;
  readonly limit: number;
  readonly spending: Spending;
  /** Below 0 where more was spent than is allowed now. */
  readonly remaining: number;
}

/**
 * Every limit that is set, with what jobs under way and those of unknown outcome may still take of
 * it.
 */
export const budgetStatuses = (limits: Limits, jobs: readonly Job[], now: number): BudgetStatus[] =>
  budgetPeriods.flatMap((period) => {
    const limit = limits[period.key];
    if (limit === undefined) {
      return [];
    }
    const spending = spendingIn(jobs, period.spanAround(now));
    return [{ period, limit, spending, remaining: sumUsd([limit, -totalUsd(spending)]) }];
  });

/** Where a budget has gone: `$0.81 spent, about $0.14 reserved for running requests`. */
function describeSpending({ spent, estimated, reserved, unknown }: Spending): string {
  return [
    ...(spent + estimated > 0 ? [`${formatUsd(sumUsd([spent, estimated]))} spent`] : []),
    ...(estimated > 0 ? [`of it about ${formatUsd(estimated)} estimated`] : []),
    ...(reserved > 0 ? [`about ${formatUsd(reserved)} reserved for running requests`] : []),
    ...(unknown > 0 ? [`about ${formatUsd(unknown)} that may have been billed`] : []),
  ].join(", ");
}

/**
 * What counts for job files that cannot be read, in a sentence that names the way out; empty if
 * there are none.
 */
function describeUnreadableJobs(jobs: readonly Job[]): string {
  const unreadable = jobs.filter((job) => job.unreadable !== undefined);
  const usd = totalUsd(sumSpending(unreadable));
  return unreadable.length === 0
    ? ""
    : `Job files that cannot be read: ${unreadable.length}, counted with about ${formatUsd(usd)}. “Limn: Show Unfinished Jobs” lists them. `;
}

/** Whether there is no estimate in it. */
export const isExact = ({ estimated, reserved, unknown }: Spending): boolean => estimated + reserved + unknown === 0;

/**
 * Why a request cannot be afforded, by how much, and where to change it; `undefined` where it fits,
 * to the last millionth.
 */
export function budgetError(
  limits: Limits,
  jobs: readonly Job[],
  estimatedUsd: number,
  now: number,
): LimnError | undefined {
  const excess = ({ remaining }: BudgetStatus) => sumUsd([estimatedUsd, -remaining]);
  const [worst] = budgetStatuses(limits, jobs, now).sort((one, other) => excess(other) - excess(one));
  if (worst === undefined || excess(worst) <= 0) {
    return undefined;
  }
  const { period, limit, spending, remaining } = worst;
  const spendingText = describeSpending(spending);
  const remainingText =
    remaining > 0 ? `has ${isExact(spending) ? "" : "about "}${formatUsd(remaining)} left` : "is used up";
  return new LimnError(
    "budget",
    `This request is expected to cost about ${formatUsd(estimatedUsd)}. ` +
      `${period.name} of ${formatUsd(limit)} ${remainingText}${spendingText === "" ? "" : ` (${spendingText})`}, ` +
      `so it is about ${formatUsd(excess(worst))} too much. ` +
      describeUnreadableJobs(paidJobsIn(jobs, period.spanAround(now))) +
      `Nothing was sent. Change “limn.budget.${period.key}” in the settings.`,
    { field: "budget" },
  );
}
