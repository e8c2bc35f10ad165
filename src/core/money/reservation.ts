import * as l10n from "@vscode/l10n";
import { createConcurrencyLimit } from "../concurrencyLimit.ts";
import { LimnError, stoppedError } from "../errors.ts";
import type { Job } from "../jobs/job.ts";
import type { Journal } from "../journal/journal.ts";
import type { Ports } from "../ports.ts";
import { sleepUnlessStopped } from "../sleep.ts";
import { budgetError, budgetStatuses } from "./budget.ts";
import { usesRealMoney } from "./realMoney.ts";
import { sumUsd } from "./usd.ts";

/**
 * Milliseconds before each new check, while other windows withdraw reservations that do not fit or
 * make the same files. They only delay a refusal.
 */
const retryDelays = [10, 20, 40, 80, 160, 320];

/** What a reservation needs. */
type ReservationDeps = Pick<Ports, "budget" | "now" | "log" | "sleep">;

/**
 * Whether one reservation comes before the other: the older one, or at the same time the one with
 * the smaller UUID.
 */
const isBefore = (one: Job, other: Job): boolean =>
  one.createdAt === other.createdAt ? one.taskUUID < other.taskUUID : one.createdAt < other.createdAt;

/**
 * Selects the jobs whose pictures are needed: for which there is no other job that makes the same
 * file and is a rival. Reads the files of the other jobs.
 */
export type SelectJobs = (jobs: readonly Job[], isRival: (other: Job, job: Job) => boolean) => Promise<readonly Job[]>;

/**
 * Whether another job counts as bought for these, which are bought together: it is confirmed, or
 * comes before them. `Jobs.startAll` gives them one time and the start of their UUIDs, so no job of
 * others comes between them.
 */
const takesPrecedenceOver =
  (jobs: readonly Job[]) =>
  (other: Job): boolean =>
    other.unconfirmed !== true || jobs.every((job) => isBefore(other, job));

/** USD that the jobs are expected to cost together. */
const estimateOf = (jobs: readonly Job[]): number => sumUsd(jobs.map(({ estimate }) => estimate));

/** The user sees no message, but a program that made the request gets the reason. */
const declinedError = () =>
  new LimnError("stopped", l10n.t("The request was declined when Limn asked about its price. Nothing was sent."));

/** Stores jobs that may be sent: a job's file is its reservation in the budget. */
export class Reservations {
  readonly #deps: ReservationDeps;
  readonly #journal: Journal;
  /**
   * Requests of this window reserve one after the other, so that a refused one does not reduce the
   * budget of the next.
   */
  readonly #queue = createConcurrencyLimit(1);

  constructor(deps: ReservationDeps, journal: Journal) {
    this.#deps = deps;
    this.#journal = journal;
  }

  /**
   * Stores jobs that are bought together, unless they cost more than the user allows: all of them
   * or none. The user is asked once, about their sum.
   *
   * @param createJobs creates them: once for the question, and again when the user has answered,
   * which may take hours.
   * @param select leaves out jobs that are not needed any more by then, or whose files others make.
   * @returns the jobs that are stored.
   * @throws LimnError of kind `budget` if a limit is too low, of kind `stopped` if the user
   * declines or the signal aborts.
   */
  async create(createJobs: () => readonly Job[], signal: AbortSignal, select?: SelectJobs): Promise<readonly Job[]> {
    const provisionalJobs = createJobs();
    const isPaid = provisionalJobs.some(usesRealMoney);
    // The user is not asked about a request that the budget refuses.
    if (isPaid && this.#hasLimits()) {
      await this.#enqueue(() => this.#throwIfUnaffordable(provisionalJobs), signal);
    }
    if (isPaid && !(await this.#isApproved(provisionalJobs))) {
      throw declinedError();
    }
    if (signal.aborted) {
      throw stoppedError();
    }
    const isLimited = isPaid && this.#hasLimits();
    const store = () => this.#reserve(createJobs(), { isLimited, signal, select });
    const stored = isLimited ? await this.#enqueue(store, signal) : await store();
    if (stored.some(usesRealMoney)) {
      this.#deps.budget.onPurchase?.();
    }
    return stored;
  }

  /** A signal that aborts while the task waits counts as stopped. */
  #enqueue<Result>(task: () => Promise<Result>, signal: AbortSignal): Promise<Result> {
    return this.#queue(task, signal).catch((error: unknown) => {
      throw signal.aborted ? stoppedError() : error;
    });
  }

  #hasLimits(): boolean {
    return budgetStatuses(this.#deps.budget.limits(), [], 0).length > 0;
  }

  #shortage(jobs: readonly Job[], isCounted: (other: Job) => boolean = () => true): LimnError | undefined {
    const own = new Set(jobs.map(({ taskUUID }) => taskUUID));
    const others = this.#journal.listAll().filter((other) => !own.has(other.taskUUID) && isCounted(other));
    return budgetError(this.#deps.budget.limits(), others, estimateOf(jobs), this.#deps.now());
  }

  /**
   * Throws if the jobs exceed the budget. What this window remembers may be out of date, so the
   * files are read before a refusal.
   */
  async #throwIfUnaffordable(jobs: readonly Job[]): Promise<void> {
    const isCounted = ({ unconfirmed }: Job) => unconfirmed !== true;
    if (this.#shortage(jobs, isCounted) !== undefined) {
      await this.#journal.reloadSpending();
      const confirmedShortage = this.#shortage(jobs, isCounted);
      if (confirmedShortage !== undefined) {
        throw confirmedShortage;
      }
    }
  }

  /**
   * Whether the user allows jobs that cost more than the amount above which they are asked.
   */
  async #isApproved(jobs: readonly Job[]): Promise<boolean> {
    const { budget } = this.#deps;
    const { askAbove } = budget.limits();
    const estimate = estimateOf(jobs);
    const count = jobs.reduce((sum, { request }) => sum + request.count, 0);
    return askAbove === undefined || estimate <= askAbove || budget.approve({ estimate, askAbove, count });
  }

  /**
   * Stores the jobs that are needed, or none of them. They are marked as unconfirmed until they may
   * be sent, if there is a limit or other windows may make the same files.
   */
  async #reserve(
    created: readonly Job[],
    { isLimited, signal, select }: { isLimited: boolean; signal: AbortSignal; select: SelectJobs | undefined },
  ): Promise<readonly Job[]> {
    const needed = select === undefined ? created : await select(created, () => true);
    if (!isLimited && select === undefined) {
      await this.#store(needed);
      return needed;
    }
    let jobs: readonly Job[] = needed.map((job) => ({ ...job, unconfirmed: true }));
    await this.#store(jobs, async () => {
      jobs = select === undefined ? jobs : await this.#withdrawRivals(jobs, select, signal);
      // No budget refuses what is not bought.
      if (isLimited && jobs.length > 0) {
        await this.#waitUntilAffordable(jobs, signal);
      }
      await this.#confirm(jobs);
    });
    return jobs;
  }

  /**
   * Removes the jobs whose files jobs of other windows make, and returns the rest. Of two windows
   * that store such jobs at the same time, at least the later one sees both. The job that comes
   * first waits while the other one is withdrawn, so that not both are.
   */
  async #withdrawRivals(stored: readonly Job[], select: SelectJobs, signal: AbortSignal): Promise<readonly Job[]> {
    const own = new Set(stored.map(({ taskUUID }) => taskUUID));
    const isOther = ({ taskUUID }: Job) => !own.has(taskUUID);
    let jobs = stored;
    for (let attempt = 0; ; attempt++) {
      const free = await select(jobs, isOther);
      if (signal.aborted) {
        throw stoppedError();
      }
      const delay = retryDelays[attempt];
      const kept =
        delay === undefined || free.length === jobs.length
          ? free
          : await select(jobs, (other, job) => isOther(other) && takesPrecedenceOver([job])(other));
      await Promise.all(jobs.filter((job) => !kept.includes(job)).map((job) => this.#remove(job)));
      if (delay === undefined || kept === free) {
        return kept;
      }
      jobs = kept;
      await sleepUnlessStopped(this.#deps, delay, signal);
    }
  }

  /** Stores jobs; removes them again if one cannot be stored, or if `confirm` rejects. */
  async #store(jobs: readonly Job[], confirm = async (): Promise<void> => undefined): Promise<void> {
    const stored: Job[] = [];
    try {
      for (const job of jobs) {
        await this.#journal.create(job);
        stored.push(job);
      }
      await confirm();
    } catch (error) {
      await Promise.all(stored.map((job) => this.#remove(job)));
      throw error;
    }
  }

  /** Removes a job that was not sent. Never rejects. */
  #remove({ taskUUID }: Job): Promise<void> {
    return this.#journal
      .remove(taskUUID)
      .catch((cause: unknown) =>
        this.#deps.log.warn(`Job ${taskUUID}, which was not sent, could not be removed: ${String(cause)}`),
      );
  }

  /** Resolves as soon as reservations fit beside all others of all windows. */
  async #waitUntilAffordable(jobs: readonly Job[], signal: AbortSignal): Promise<void> {
    // They are on disk before the others, confirmed or not, are read, so of two windows at least
    // the later one sees both, and they never both pass. If they do not fit, those that come first
    // check again while the others withdraw, so that not all are refused. See “Money” in
    // docs/architecture.md.
    const takesPrecedence = takesPrecedenceOver(jobs);
    for (let attempt = 0; ; attempt++) {
      await this.#journal.reloadSpending();
      if (signal.aborted) {
        throw stoppedError();
      }
      const refusal = this.#shortage(jobs);
      if (refusal === undefined) {
        return;
      }
      const delay = retryDelays[attempt];
      if (delay === undefined || this.#shortage(jobs, takesPrecedence) !== undefined) {
        throw refusal;
      }
      await sleepUnlessStopped(this.#deps, delay, signal);
    }
  }

  /** Marks reservations as jobs that may be sent. */
  async #confirm(jobs: readonly Job[]): Promise<void> {
    for (const { taskUUID } of jobs) {
      await this.#journal.update(taskUUID, ({ unconfirmed: _, ...confirmed }) => confirmed);
      const reason = this.#journal.unwrittenReason(taskUUID);
      if (reason !== undefined) {
        throw new LimnError("files", l10n.t("Nothing was sent, because Limn could not store the request. {0}", reason));
      }
    }
  }
}
