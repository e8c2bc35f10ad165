import { isOpen, type Job } from "./job.ts";

/** What a job of the sandbox remembers as its endpoint: its port changes with every start, its name does not. */
export const sandboxName = "sandbox";

/** Whether the job cost real money: the sandbox's is play money and is never counted with it. */
export const costsMoney = ({ endpoint }: Pick<Job, "endpoint">): boolean => endpoint !== sandboxName;

/** Money in US dollars, by how sure it is. The parts never overlap, and each is exact to a millionth. */
export interface Money {
  /** As the service said. */
  readonly spent: number;
  /** For pictures that came without their cost: the price list's word. */
  readonly estimated: number;
  /** What requests under way may still cost, by the price list. */
  readonly reserved: number;
  /** What may have been billed for results that nobody has heard of, by the price list. */
  readonly unknown: number;
}

/** A millionth of a dollar: sums of whole numbers do not drift. */
const micros = (usd: number): number => Math.round(usd * 1e6);

/** A sum in US dollars, exact to a millionth. */
export const sumUsd = (amounts: readonly number[]): number => amounts.reduce((sum, usd) => sum + micros(usd), 0) / 1e6;

/**
 * What one job says of money. A result that failed costs nothing; one that is neither here nor failed is reserved while the job is open,
 * and of unknown outcome afterwards. What is forgotten is not followed any more, so nothing of it is under way.
 */
export function moneyOf(job: Job): Money {
  const { pictures, failures, request, estimate, state, forgotten } = job;
  const price = estimate / Math.max(1, request.count);
  const told = pictures.flatMap(({ cost }) => cost ?? []);
  // While a job is open, one fault may be told twice: it is not trusted to free money.
  const failed = isOpen(job) ? 0 : failures.length;
  const missing = state === "failed" ? 0 : Math.max(0, request.count - pictures.length - failed);
  const isRunning = isOpen(job) && forgotten !== true;
  return {
    spent: sumUsd(told),
    estimated: sumUsd([price * (pictures.length - told.length)]),
    reserved: isRunning ? sumUsd([price * missing]) : 0,
    unknown: isRunning ? 0 : sumUsd([price * missing]),
  };
}

/** What jobs say of money together. */
export function sumMoney(jobs: readonly Job[]): Money {
  const all = jobs.map(moneyOf);
  return {
    spent: sumUsd(all.map(({ spent }) => spent)),
    estimated: sumUsd(all.map(({ estimated }) => estimated)),
    reserved: sumUsd(all.map(({ reserved }) => reserved)),
    unknown: sumUsd(all.map(({ unknown }) => unknown)),
  };
}

/** All that counts, in US dollars: what is gone and what may be. */
export const totalOf = ({ spent, estimated, reserved, unknown }: Money): number =>
  sumUsd([spent, estimated, reserved, unknown]);

/** Jobs that cost real money and began in the span. */
const boughtIn = (jobs: readonly Job[], { from, to }: Span): Job[] =>
  jobs.filter((job) => costsMoney(job) && job.createdAt >= from && job.createdAt < to);

/** What was bought for real money in a span. */
export const moneyIn = (jobs: readonly Job[], span: Span): Money => sumMoney(boughtIn(jobs, span));

/** A stretch of time, in milliseconds since the epoch: `from` belongs to it, `to` does not. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** The person's own calendar day around a moment. It has 23 or 25 hours where the clocks are changed. */
export function dayAround(at: number): Span {
  const date = new Date(at);
  const [year, month, day] = [date.getFullYear(), date.getMonth(), date.getDate()];
  return { from: new Date(year, month, day).getTime(), to: new Date(year, month, day + 1).getTime() };
}

/** The person's own calendar month around a moment. */
export function monthAround(at: number): Span {
  const date = new Date(at);
  const [year, month] = [date.getFullYear(), date.getMonth()];
  return { from: new Date(year, month).getTime(), to: new Date(year, month + 1).getTime() };
}

/** The person's own calendar date as ISO 8601 writes it: `2026-02-05`. */
export function dateOf(at: number): string {
  const date = new Date(at);
  const digits = (value: number, length: number) => String(value).padStart(length, "0");
  return [digits(date.getFullYear(), 4), digits(date.getMonth() + 1, 2), digits(date.getDate(), 2)].join("-");
}

/** A line of a report: jobs that have something in common, with what they cost and what was made of it. */
export interface Group {
  /** What they have in common. */
  readonly key: string;
  readonly money: Money;
  /** Pictures that came. */
  readonly pictures: number;
  /** Those of them that were kept as files. */
  readonly kept: number;
}

/** Jobs put together by what `keyOf` says, in the order of their first one. */
export const groupJobs = (jobs: readonly Job[], keyOf: (job: Job) => string): Group[] =>
  [...Map.groupBy(jobs, keyOf)].map(([key, members]) => {
    const pictures = members.flatMap((job) => job.pictures);
    return {
      key,
      money: sumMoney(members),
      pictures: pictures.length,
      kept: pictures.filter(({ kept }) => kept.length > 0).length,
    };
  });
