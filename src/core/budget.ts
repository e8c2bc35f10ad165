import { LimnError, stopped } from "./errors.ts";
import type { Job } from "./job.ts";
import type { Journal } from "./journal.ts";
import { costsMoney, dayAround, type Money, moneyIn, monthAround, type Span, sumUsd, totalOf } from "./ledger.ts";
import type { Limits, Ports } from "./ports.ts";
import { formatUsd } from "./price.ts";

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
      `Nothing was sent. Change “limn.budget.${period.key}” in the settings.`,
    { field: "budget" },
  );
}

/** What writing a job down needs. */
type Parts = Pick<Ports, "budget" | "now" | "log">;

const othersThan = (jobs: readonly Job[], id: string): Job[] => jobs.filter(({ taskUUID }) => taskUUID !== id);

/**
 * Checks the job's reservation against those of all windows; takes it back where it does not fit, or where that cannot be known. Nothing
 * was sent by then.
 */
async function confirm(
  { budget, now, log }: Parts,
  journal: Journal,
  { taskUUID, estimate }: Job,
  signal: AbortSignal,
): Promise<void> {
  try {
    await journal.reload();
    if (signal.aborted) {
      throw stopped();
    }
    const refusal = shortage(budget.limits(), othersThan(journal.all(), taskUUID), estimate, now());
    if (refusal !== undefined) {
      throw refusal;
    }
  } catch (error) {
    await journal
      .remove(taskUUID)
      .catch((cause: unknown) => log.warn(`Job ${taskUUID}, which was not sent, stays written down: ${String(cause)}`));
    throw error;
  }
}

/** Whether a person wants a request that is dearer than they asked to be asked about. */
async function isWanted({ budget }: Parts, estimate: number, count: number): Promise<boolean> {
  const { askAbove } = budget.limits();
  return askAbove === undefined || estimate <= askAbove || budget.approve({ estimate, askAbove, count });
}

/**
 * Writes a job down that may be sent then, unless it costs more than a person allows. The job's file is its reservation: it is there
 * before the files of all other windows are read, so that of two windows at least the later one sees both, with no lock to get stuck.
 * They may both be refused, and never both pass. A window that dies in between leaves a job that was not sent, and resuming never sends.
 *
 * @param make makes the job as it stands when it is written, since a question may stand for hours.
 * @throws LimnError of kind `budget` where a limit is too low, of kind `stopped` where the person declines or the signal aborts.
 */
export async function writeDown(parts: Parts, journal: Journal, make: () => Job, signal: AbortSignal): Promise<void> {
  const draft = make();
  const isLimited = () => costsMoney(draft) && allowances(parts.budget.limits(), [], 0).length > 0;
  const refusal = () => shortage(parts.budget.limits(), journal.all(), draft.estimate, parts.now());
  // Nobody is asked about what cannot be had; what this window remembers may be out of date, so it alone refuses nothing.
  if (isLimited() && refusal() !== undefined) {
    await journal.reload();
    const certain = refusal();
    if (certain !== undefined) {
      throw certain;
    }
  }
  const isAllowed = !costsMoney(draft) || (await isWanted(parts, draft.estimate, draft.request.count));
  if (!isAllowed || signal.aborted) {
    throw stopped();
  }
  const job = make();
  await journal.create(job);
  if (isLimited()) {
    await confirm(parts, journal, job, signal);
  }
}
