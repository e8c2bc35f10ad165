import { fetchBalance } from "../../core/account.ts";
import { costOf, type Job } from "../../core/job.ts";
import { roundToMicros } from "../../core/price.ts";
import type { EngineView } from "../../protocol.ts";
import { sandboxName } from "../engine.ts";
import type { Services } from "../services.ts";
import { setting } from "../settings.ts";

/** USD the service has told for jobs of this day, in the person's own time zone; `undefined` where there are none. */
function spentOn(day: Date, jobs: readonly Job[], isSandbox: boolean): number | undefined {
  const midnight = new Date(day.getFullYear(), day.getMonth(), day.getDate()).getTime();
  const costs = jobs
    .filter(({ createdAt, endpoint }) => createdAt >= midnight && (endpoint === sandboxName) === isSandbox)
    .flatMap((job) => costOf(job) ?? []);
  return costs.length === 0 ? undefined : roundToMicros(costs.reduce((sum, cost) => sum + cost, 0));
}

/** What is known of the engine and the money, without waiting for anybody. */
export class Account {
  readonly #services: Services;
  readonly #signal: AbortSignal;
  #ready = false;
  #balance: number | undefined;

  constructor(services: Services, signal: AbortSignal) {
    this.#services = services;
    this.#signal = signal;
  }

  view(jobs: readonly Job[]): EngineView {
    const kind = setting("engine");
    const spentToday = spentOn(new Date(), jobs, kind === "sandbox");
    return {
      kind,
      ready: this.#ready,
      ...(this.#balance === undefined ? {} : { balance: this.#balance }),
      ...(spentToday === undefined ? {} : { spentToday }),
    };
  }

  /** Asks whether there is a key. */
  async readKey(): Promise<void> {
    this.#ready = await this.#services.engine.isReady();
  }

  /** Asks Runware for the balance; play money is not asked for. A balance that cannot be had is not known, and no reason to complain. */
  async readBalance(): Promise<void> {
    this.#balance = this.#ready && setting("engine") === "runware" ? await this.#ask() : undefined;
  }

  async #ask(): Promise<number | undefined> {
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
