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
 * Milliseconds before each new check, while other windows withdraw reservations that do not fit.
 * They only delay a refusal.
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
 * Whether another job counts as bought for these, which are bought together: it is confirmed, or
 * comes before one of them.
 */
const takesPrecedenceOver =
  (jobs: readonly Job[]) =>
  (other: Job): boolean =>
    other.unconfirmed !== true || jobs.some((job) => isBefore(other, job));

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
   * @param createJobs creates those still needed when they are stored: the user may take hours.
   * @throws LimnError of kind `budget` if a limit is too low, of kind `stopped` if the user
   * declines or the signal aborts.
   */
  async create(
    provisionalJobs: readonly Job[],
    createJobs: () => Promise<readonly Job[]>,
    signal: AbortSignal,
  ): Promise<void> {
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
    if (isPaid && this.#hasLimits()) {
      await this.#enqueue(async () => this.#reserve(await createJobs(), signal), signal);
    } else {
      await this.#store(await createJobs());
    }
    if (isPaid) {
      this.#deps.budget.onPurchase?.();
    }
  }

  /** A signal that aborts while the task waits counts as stopped. */
  #enqueue(task: () => Promise<void>, signal: AbortSignal): Promise<void> {
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

  /** Reserves, or removes the reservations again. Nothing was sent by then. */
  async #reserve(jobs: readonly Job[], signal: AbortSignal): Promise<void> {
    if (jobs.length === 0) {
      return;
    }
    const unconfirmed = jobs.map((job) => ({ ...job, unconfirmed: true }));
    await this.#store(unconfirmed, () => this.#confirm(unconfirmed, signal));
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

  /** Confirms reservations as soon as they fit beside all others of all windows. */
  async #confirm(jobs: readonly Job[], signal: AbortSignal): Promise<void> {
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
        break;
      }
      const delay = retryDelays[attempt];
      if (delay === undefined || this.#shortage(jobs, takesPrecedence) !== undefined) {
        throw refusal;
      }
      await sleepUnlessStopped(this.#deps, delay, signal);
    }
    for (const { taskUUID } of jobs) {
      await this.#journal.update(taskUUID, ({ unconfirmed: _, ...confirmed }) => confirmed);
      const reason = this.#journal.unwrittenReason(taskUUID);
      if (reason !== undefined) {
        throw new LimnError("files", l10n.t("Nothing was sent, because Limn could not store the request. {0}", reason));
      }
    }
  }
}
