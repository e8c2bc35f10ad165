import { LimnError } from "./errors.ts";
import type { Job } from "./job.ts";
import { boughtIn, dayAround, type Money, moneyIn, monthAround, type Span, sumMoney, totalOf } from "./ledger.ts";
import type { Limits } from "./ports.ts";
import { formatUsd, sumUsd } from "./price.ts";

/** A stretch of time that can have a limit, and how a person calls its budget. */
interface Period {
  readonly key: "perDay" | "perMonth";
  readonly around: (at: number) => Span;
  readonly name: string;
}

const periods: readonly Period[] = [
  { key: "perDay", around: dayAround, name: "Today's budget" },
  { key: "perMonth", around: monthAround, name: "This month's budget" },
];

/** A limit that is set, and how much of it is gone. US dollars. */
export interface Allowance {
  readonly period: Period;
  readonly limit: number;
  readonly money: Money;
  /** Below 0 where more was spent than is allowed now. */
  readonly left: number;
}

/** Every limit that is set, with what jobs under way and those of unknown outcome may still take of it. */
export const allowances = (limits: Limits, jobs: readonly Job[], now: number): Allowance[] =>
  periods.flatMap((period) => {
    const limit = limits[period.key];
    if (limit === undefined) {
      return [];
    }
    const money = moneyIn(jobs, period.around(now));
    return [{ period, limit, money, left: sumUsd([limit, -totalOf(money)]) }];
  });

/** Where a budget has gone: `$0.81 spent, about $0.14 reserved for running requests`. */
function whereTo({ spent, estimated, reserved, unknown }: Money): string {
  return [
    ...(spent + estimated > 0 ? [`${formatUsd(sumUsd([spent, estimated]))} spent`] : []),
    ...(estimated > 0 ? [`of it about ${formatUsd(estimated)} estimated`] : []),
    ...(reserved > 0 ? [`about ${formatUsd(reserved)} reserved for running requests`] : []),
    ...(unknown > 0 ? [`about ${formatUsd(unknown)} that may have been billed`] : []),
  ].join(", ");
}

/** What counts for job files that cannot be read, in a sentence that names the way out; empty if there are none. */
function unreadableText(jobs: readonly Job[]): string {
  const unreadable = jobs.filter((job) => job.unreadable !== undefined);
  const usd = totalOf(sumMoney(unreadable));
  return unreadable.length === 0
    ? ""
    : `Job files that cannot be read: ${unreadable.length}, counted with about ${formatUsd(usd)}. “Limn: Show Unfinished Jobs” lists them. `;
}

/** Whether there is no estimate in it. */
export const isSure = ({ estimated, reserved, unknown }: Money): boolean => estimated + reserved + unknown === 0;

/** Why a request cannot be afforded, by how much, and where to change it; `undefined` where it fits, to the last millionth. */
export function shortage(limits: Limits, jobs: readonly Job[], estimate: number, now: number): LimnError | undefined {
  const over = ({ left }: Allowance) => sumUsd([estimate, -left]);
  const [worst] = allowances(limits, jobs, now).sort((one, other) => over(other) - over(one));
  if (worst === undefined || over(worst) <= 0) {
    return undefined;
  }
  const { period, limit, money, left } = worst;
  const gone = whereTo(money);
  const rest = left > 0 ? `has ${isSure(money) ? "" : "about "}${formatUsd(left)} left` : "is used up";
  return new LimnError(
    "budget",
    `This request is expected to cost about ${formatUsd(estimate)}. ` +
      `${period.name} of ${formatUsd(limit)} ${rest}${gone === "" ? "" : ` (${gone})`}, ` +
      `so it is about ${formatUsd(over(worst))} too much. ` +
      unreadableText(boughtIn(jobs, period.around(now))) +
      `Nothing was sent. Change “limn.budget.${period.key}” in the settings.`,
    { field: "budget" },
  );
}
