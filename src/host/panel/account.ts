import type { Job } from "../../core/jobs/job.ts";
import { budgetStatuses, isExact } from "../../core/money/budget.ts";
import { spendingIn, totalUsd } from "../../core/money/spending.ts";
import { fetchBalance } from "../../core/service/account.ts";
import { dayAround } from "../../core/timeSpan.ts";
import type { EngineView } from "../../protocol.ts";
import { limitsToShow } from "../money/budget.ts";
import type { Services } from "../services.ts";
import { setting } from "../settings.ts";

/**
 * What of real money was spent today and what may still be spent, from all jobs of all windows;
 * nothing where there is nothing to say.
 */
function moneyView(jobs: readonly Job[], now: number): Pick<EngineView, "today" | "budgets"> {
  const today = spendingIn(jobs, dayAround(now));
  const budgets = budgetStatuses(limitsToShow(), jobs, now).map(({ period: { key }, limit, spending, remaining }) => ({
    period: key,
    limit,
    remaining,
    isExact: isExact(spending),
  }));
  return { ...(totalUsd(today) > 0 ? { today } : {}), ...(budgets.length > 0 ? { budgets } : {}) };
}

/** What is known of the engine and the money, without waiting for anybody. */
export class Account {
  readonly #services: Services;
  readonly #signal: AbortSignal;
  #isReady = false;
  #hasKey = false;
  #balance: number | undefined;

  constructor(services: Services, signal: AbortSignal) {
    this.#services = services;
    this.#signal = signal;
  }

  /** `jobs` are all there are, with those a person has forgotten. */
  view(jobs: readonly Job[]): EngineView {
    const kind = setting("engine");
    return {
      kind,
      isReady: this.#isReady,
      hasKey: this.#hasKey,
      ...(this.#balance === undefined ? {} : { balance: this.#balance }),
      // The sandbox is free: there is nothing to be told of.
      ...(kind === "sandbox" ? {} : moneyView(jobs, this.#services.ports.now())),
    };
  }

  /** Asks whether there is a key. */
  async refreshKey(): Promise<void> {
    const { engine, keys } = this.#services;
    this.#isReady = await engine.isReady();
    this.#hasKey = (await keys.read()) !== undefined;
  }

  /**
   * Asks Runware for the balance; the sandbox is not asked. A balance that cannot be had is not
   * known, and no reason to complain.
   */
  async refreshBalance(): Promise<void> {
    this.#balance = this.#isReady && setting("engine") === "runware" ? await this.#fetchBalance() : undefined;
  }

  async #fetchBalance(): Promise<number | undefined> {
    const { ports, log } = this.#services;
    try {
      const endpoint = await ports.endpoint();
      return endpoint && (await fetchBalance(ports, endpoint, this.#signal));
    } catch (error) {
      log.debug(`The balance is not known: ${error instanceof Error ? error.message : String(error)}`);
      return undefined;
    }
  }
}
