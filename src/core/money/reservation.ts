import * as l10n from "@vscode/l10n";
import { createConcurrencyLimit } from "../concurrencyLimit.ts";
import { LimnError, stoppedError } from "../errors.ts";
import type { Job } from "../jobs/job.ts";
import type { Journal } from "../journal/journal.ts";
import type { Ports } from "../ports.ts";
import { sleepUnlessStopped } from "../sleep.ts";
import { budgetError, budgetStatuses } from "./budget.ts";
import { usesRealMoney } from "./realMoney.ts";

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

/** Whether the other job counts as bought for this one: it is confirmed, or comes first. */
const takesPrecedence = (other: Job, job: Job): boolean => other.unconfirmed !== true || isBefore(other, job);

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
   * Stores a job, unless it costs more than the user allows.
   *
   * @param createJob creates the job when it is stored, because the user may take hours to answer.
   * @throws LimnError of kind `budget` if a limit is too low, of kind `stopped` if the user
   * declines or the signal aborts.
   */
  async create(createJob: () => Job, signal: AbortSignal): Promise<void> {
    const provisionalJob = createJob();
    // The user is not asked about a request that the budget refuses.
    if (this.#hasLimits(provisionalJob)) {
      await this.#enqueue(() => this.#throwIfUnaffordable(provisionalJob), signal);
    }
    if (usesRealMoney(provisionalJob) && !(await this.#isApproved(provisionalJob))) {
      throw declinedError();
    }
    if (signal.aborted) {
      throw stoppedError();
    }
    if (this.#hasLimits(provisionalJob)) {
      await this.#enqueue(() => this.#reserve({ ...createJob(), unconfirmed: true }, signal), signal);
    } else {
      await this.#journal.create(createJob());
    }
    if (usesRealMoney(provisionalJob)) {
      this.#deps.budget.onPurchase?.();
    }
  }

  /** A signal that aborts while the task waits counts as stopped. */
  #enqueue(task: () => Promise<void>, signal: AbortSignal): Promise<void> {
    return this.#queue(task, signal).catch((error: unknown) => {
      throw signal.aborted ? stoppedError() : error;
    });
  }

  #hasLimits(job: Job): boolean {
    return usesRealMoney(job) && budgetStatuses(this.#deps.budget.limits(), [], 0).length > 0;
  }

  #shortage({ taskUUID, estimate }: Job, isCounted: (other: Job) => boolean = () => true): LimnError | undefined {
    const others = this.#journal.listAll().filter((other) => other.taskUUID !== taskUUID && isCounted(other));
    return budgetError(this.#deps.budget.limits(), others, estimate, this.#deps.now());
  }

  /**
   * Throws if the job exceeds the budget. What this window remembers may be out of date, so the
   * files are read before a refusal.
   */
  async #throwIfUnaffordable(job: Job): Promise<void> {
    const isCounted = ({ unconfirmed }: Job) => unconfirmed !== true;
    if (this.#shortage(job, isCounted) !== undefined) {
      await this.#journal.reloadSpending();
      const confirmedShortage = this.#shortage(job, isCounted);
      if (confirmedShortage !== undefined) {
        throw confirmedShortage;
      }
    }
  }

  /**
   * Whether the user allows a request that costs more than the amount above which they are asked.
   */
  async #isApproved({ estimate, request }: Job): Promise<boolean> {
    const { budget } = this.#deps;
    const { askAbove } = budget.limits();
    return (
      askAbove === undefined || estimate <= askAbove || budget.approve({ estimate, askAbove, count: request.count })
    );
  }

  /** Reserves, or removes the reservation again. Nothing was sent by then. */
  async #reserve(job: Job, signal: AbortSignal): Promise<void> {
    await this.#journal.create(job);
    try {
      await this.#confirm(job, signal);
    } catch (error) {
      await this.#journal
        .remove(job.taskUUID)
        .catch((cause: unknown) =>
          this.#deps.log.warn(`Job ${job.taskUUID}, which was not sent, could not be removed: ${String(cause)}`),
        );
      throw error;
    }
  }

  /**
   * Confirms a reservation as soon as it fits beside all others, confirmed or not, of all windows.
   * It is on disk before the others are read, so of two windows at least the later one sees both,
   * and they never both pass. If it does not fit, the one that comes first checks again while the
   * others withdraw, so that not all are refused. See “Money” in docs/architecture.md.
   */
  async #confirm(job: Job, signal: AbortSignal): Promise<void> {
    for (let attempt = 0; ; attempt++) {
      await this.#journal.reloadSpending();
      if (signal.aborted) {
        throw stoppedError();
      }
      const refusal = this.#shortage(job);
      if (refusal === undefined) {
        break;
      }
      const delay = retryDelays[attempt];
      if (delay === undefined || this.#shortage(job, (other) => takesPrecedence(other, job)) !== undefined) {
        throw refusal;
      }
      await sleepUnlessStopped(this.#deps, delay, signal);
    }
    await this.#journal.update(job.taskUUID, ({ unconfirmed: _, ...confirmed }) => confirmed);
    const reason = this.#journal.unwrittenReason(job.taskUUID);
    if (reason !== undefined) {
      throw new LimnError("files", l10n.t("Nothing was sent, because Limn could not store the request. {0}", reason));
    }
  }
}
