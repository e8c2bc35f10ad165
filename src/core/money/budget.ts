import * as l10n from "@vscode/l10n";
import { LimnError } from "../errors.ts";
import type { Job } from "../jobs/job.ts";
import type { Limits } from "../ports.ts";
import { joinSentences } from "../text/sentences.ts";
import { dayAround, monthAround, type TimeSpan } from "../timeSpan.ts";
import { paidJobsIn, type Spending, spendingIn, sumSpending, totalUsd } from "./spending.ts";
import { formatUsd, sumUsd } from "./usd.ts";

/** How much of a budget is left. */
type Remainder = "exact" | "estimated" | "nothing";

/** Amounts of a message about a budget that is too low, written for the user. */
interface ShortageAmounts {
  readonly limit: string;
  readonly remaining: string;
  /** How much more the request costs than is left. */
  readonly excess: string;
}

/** A period of time that can have a limit. */
interface BudgetPeriod {
  readonly key: "perDay" | "perMonth";
  readonly spanAround: (at: number) => TimeSpan;
  readonly describeShortage: Readonly<Record<Remainder, (amounts: ShortageAmounts) => string>>;
}

const budgetPeriods: readonly BudgetPeriod[] = [
  {
    key: "perDay",
    spanAround: dayAround,
    describeShortage: {
      exact: ({ limit, remaining, excess }) =>
        l10n.t(
          "Today's budget of {0} has {1} left. This request would exceed it by about {2}.",
          limit,
          remaining,
          excess,
        ),
      estimated: ({ limit, remaining, excess }) =>
        l10n.t(
          "Today's budget of {0} has about {1} left. This request would exceed it by about {2}.",
          limit,
          remaining,
          excess,
        ),
      nothing: ({ limit, excess }) =>
        l10n.t("Today's budget of {0} is used up. This request would exceed it by about {1}.", limit, excess),
    },
  },
  {
    key: "perMonth",
    spanAround: monthAround,
    describeShortage: {
      exact: ({ limit, remaining, excess }) =>
        l10n.t(
          "This month's budget of {0} has {1} left. This request would exceed it by about {2}.",
          limit,
          remaining,
          excess,
        ),
      estimated: ({ limit, remaining, excess }) =>
        l10n.t(
          "This month's budget of {0} has about {1} left. This request would exceed it by about {2}.",
          limit,
          remaining,
          excess,
        ),
      nothing: ({ limit, excess }) =>
        l10n.t("This month's budget of {0} is used up. This request would exceed it by about {1}.", limit, excess),
    },
  },
];

/** A limit that is set, and how much of it is used. US dollars. */
export interface BudgetStatus {
  readonly period: BudgetPeriod;
  readonly limit: number;
  readonly spending: Spending;
  /** Negative if more was spent than is allowed now. */
  readonly remaining: number;
}

/**
 * The status of every limit that is set. Running jobs and those of unknown outcome count as well.
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

/** The use of a budget: `Spent: $0.810. Reserved for running requests: about $0.140.` */
function describeSpending({ spent, estimated, reserved, unknown }: Spending): string {
  const paid = formatUsd(sumUsd([spent, estimated]));
  return joinSentences(
    estimated > 0
      ? l10n.t("Spent: {0}, of which about {1} is estimated.", paid, formatUsd(estimated))
      : spent > 0
        ? l10n.t("Spent: {0}.", paid)
        : "",
    reserved > 0 ? l10n.t("Reserved for running requests: about {0}.", formatUsd(reserved)) : "",
    unknown > 0 ? l10n.t("May have been billed: about {0}.", formatUsd(unknown)) : "",
  );
}

/**
 * The sentence on job files that cannot be read: their amount, and which command lists them. Empty
 * if there are none.
 */
function describeUnreadableJobs(jobs: readonly Job[]): string {
  const unreadable = jobs.filter((job) => job.unreadable !== undefined);
  const usd = totalUsd(sumSpending(unreadable));
  return unreadable.length === 0
    ? ""
    : l10n.t(
        "Job files that cannot be read: {0}, counted as about {1}. “Limn: Show Unfinished Jobs” lists them.",
        unreadable.length,
        formatUsd(usd),
      );
}

/** Whether the amount contains no estimate. */
export const isExact = ({ estimated, reserved, unknown }: Spending): boolean => estimated + reserved + unknown === 0;

/**
 * The error for a request that exceeds a limit: by how much, and where to change it; `undefined` if
 * it fits, to the last millionth.
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
  const remainder: Remainder = remaining <= 0 ? "nothing" : isExact(spending) ? "exact" : "estimated";
  return new LimnError(
    "budget",
    joinSentences(
      l10n.t("This request is expected to cost about {0}.", formatUsd(estimatedUsd)),
      period.describeShortage[remainder]({
        limit: formatUsd(limit),
        remaining: formatUsd(remaining),
        excess: formatUsd(excess(worst)),
      }),
      describeSpending(spending),
      describeUnreadableJobs(paidJobsIn(jobs, period.spanAround(now))),
      l10n.t("Nothing was sent. Change “{0}” in the settings.", `limn.budget.${period.key}`),
    ),
    { field: "budget" },
  );
}
