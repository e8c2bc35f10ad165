import { l10n } from "vscode";
import { isOpen, type Job } from "../../core/jobs/job.ts";
import { usesRealMoney } from "../../core/money/realMoney.ts";
import { mayBeBilled, spendingOf, totalUsd } from "../../core/money/spending.ts";
import { formatUsd } from "../../core/money/usd.ts";

/** What forgetting a job means for it. */
export function forgetDetail(job: Job): string {
  if (!usesRealMoney(job)) {
    return l10n.t("Limn will not ask the sandbox for it again. Pictures that arrived stay in the vault.");
  }
  const detail = l10n.t(
    "Limn will not ask Runware for it again. Pictures that arrived stay in the vault, and what it cost stays in the spending report.",
  );
  return mayBeBilled(job) || isOpen(job) ? `${detail} ${l10n.t("It may have been billed.")}` : detail;
}

/** What the budget counts for an unreadable job file. `receipt` is what replaces the job. */
export const countedAmount = (receipt: Job): string =>
  l10n.t("counted as about {0}", formatUsd(totalUsd(spendingOf(receipt))));

/** What forgetting an unreadable job file means. `receipt` is what replaces the job. */
export const forgetUnreadableDetail = (receipt: Job): string =>
  usesRealMoney(receipt)
    ? l10n.t(
        "Limn cannot ask for its pictures any more. In the budget and the spending report it stays {0}.",
        countedAmount(receipt),
      )
    : l10n.t("Limn cannot ask for its pictures any more. They were free in the sandbox.");

/** Says why a job file of another version cannot be shown. `receipt` is what replaces the job. */
export const otherVersionText = (receipt: Job): string =>
  usesRealMoney(receipt)
    ? l10n.t("Another version of Limn wrote this job. Use that version to see it; it counts in the budget until then.")
    : l10n.t("Another version of Limn wrote this job. Use that version to see it.");
