import { setTimeout as wait } from "node:timers/promises";
import type { Job } from "../../core/jobs/job.ts";
import { budgetStatuses, isExact } from "../../core/money/budget.ts";
import { spendingIn, totalUsd } from "../../core/money/spending.ts";
import { fetchBalance } from "../../core/service/account.ts";
import { dayAround } from "../../core/timeSpan.ts";
import type { EngineView } from "../../protocol.ts";
import { engineToShow, invalidEngine } from "../connection/engineSetting.ts";
import { limitsToShow } from "../money/budget.ts";
import type { Services } from "../services.ts";

/**
 * Milliseconds after which the form is shown without knowing whether there is a key: a keyring that
 * asks for a password may not answer for long.
 */
const keyTimeout = 1000;

/** Today's spending and the budgets, from the jobs of all windows; absent if there are none. */
function moneyView(jobs: readonly Job[], now: number): Pick<EngineView, "spendingToday" | "budgets"> {
  const spendingToday = spendingIn(jobs, dayAround(now));
  const budgets = budgetStatuses(limitsToShow(), jobs, now).map(({ period: { key }, limit, spending, remaining }) => ({
    period: key,
    limit,
    remaining,
    isExact: isExact(spending),
  }));
  return { ...(totalUsd(spendingToday) > 0 ? { spendingToday } : {}), ...(budgets.length > 0 ? { budgets } : {}) };
}

/** The last known state of the service and the money. `refresh…` methods update it. */
export class Account {
  readonly #services: Services;
  readonly #signal: AbortSignal;
  #balance: number | undefined;

  constructor(services: Services, signal: AbortSignal) {
    this.#services = services;
    this.#signal = signal;
  }

  /** Returns the view for a snapshot. `jobs` holds all jobs, forgotten ones included. */
  view(jobs: readonly Job[]): EngineView {
    const kind = engineToShow();
    const hasKey = this.#services.keys.wasFound();
    const invalid = invalidEngine();
    return {
      kind,
      ...(invalid === undefined ? {} : { invalid }),
      // A request asks for the key if it is missing.
      isReady: kind === "sandbox" || hasKey !== false,
      hasKey: hasKey === true,
      // The sandbox costs nothing.
      ...(kind === "sandbox" ? {} : this.#money(jobs)),
    };
  }

  #money(jobs: readonly Job[]): Pick<EngineView, "balance" | "spendingToday" | "budgets"> {
    const balance = this.#balance === undefined ? {} : { balance: this.#balance };
    return { ...balance, ...moneyView(jobs, this.#services.ports.now()) };
  }

  /**
   * Resolves when it is known whether there is a key, or was one when it was read last; if the
   * secret storage does not answer, after a second.
   */
  async whenKnown(): Promise<void> {
    if (this.#services.keys.wasFound() === undefined) {
      await Promise.race([this.refreshKey(), wait(keyTimeout, undefined, { ref: false })]);
    }
  }

  /** Checks whether there is a key. This may take long: the secret storage may ask the user. */
  async refreshKey(): Promise<void> {
    await this.#services.keys.read();
  }

  /** Asks Runware for the balance. An error is only logged: the balance is then not known. */
  async refreshBalance(): Promise<void> {
    this.#balance =
      this.#services.keys.wasFound() === true && invalidEngine() === undefined && engineToShow() === "runware"
        ? await this.#fetchBalance()
        : undefined;
  }

  async #fetchBalance(): Promise<number | undefined> {
    const { ports, log } = this.#services;
    try {
      const endpoint = await ports.endpoint();
      return endpoint && (await fetchBalance(ports, endpoint, this.#signal));
    } catch (error) {
      log.debug(`The balance could not be read: ${error instanceof Error ? error.message : String(error)}`);
      return undefined;
    }
  }
}
