import { l10n } from "vscode";
import type { Job } from "../../core/jobs/job.ts";
import { costOf } from "../../core/jobs/jobCost.ts";
import { usesRealMoney } from "../../core/money/realMoney.ts";
import { formatUsd, sumUsd } from "../../core/money/usd.ts";
import { freeInSandbox } from "../money/sandboxPrice.ts";

/**
 * The cost of the jobs, or an estimate, marked as one. Names the number of pictures if some were
 * not saved.
 */
export function costText(jobs: readonly Job[], savedCount: number): string {
  if (!jobs.some(usesRealMoney)) {
    return freeInSandbox();
  }
  const costs = jobs.map(costOf);
  const sum = formatUsd(sumUsd(jobs.map((job, index) => costs[index] ?? job.estimate)));
  const amount = costs.includes(undefined) ? l10n.t("price unknown, about {0}", sum) : sum;
  const count = jobs.reduce((total, { pictures }) => total + pictures.length, 0);
  if (savedCount >= count) {
    return amount;
  }
  return count === 1 ? l10n.t("{0} for 1 picture", amount) : l10n.t("{0} for {1} pictures", amount, count);
}
