import { Disposable, l10n, StatusBarAlignment, type StatusBarItem, window, workspace } from "vscode";
import { isOpen } from "../../core/jobs/job.ts";
import { type BudgetStatus, budgetStatuses } from "../../core/money/budget.ts";
import { usesRealMoney } from "../../core/money/realMoney.ts";
import { type Spending, spendingIn, totalUsd } from "../../core/money/spending.ts";
import { formatUsd, sumUsd } from "../../core/money/usd.ts";
import { dayAround } from "../../core/timeSpan.ts";
import { engineToShow } from "../connection/engineSetting.ts";
import type { Services } from "../services.ts";
import { setting } from "../settings.ts";
import { createThrottle } from "../ui/throttle.ts";
import { limitsToShow } from "./budget.ts";
import { budgetLeftText, spentText, unsettledTexts } from "./moneyText.ts";
import { freeInSandbox } from "./sandboxPrice.ts";

/** Texts of the status bar item. */
export interface StatusBarText {
  readonly text: string;
  readonly tooltip: string;
}

/**
 * Today's spending in a few characters: `$0.028 + about $0.084` while jobs are running. Estimates
 * are marked as such. `isFree`: the sandbox is in use, so there is no amount unless some was spent
 * with Runware today.
 */
export function statusBarText(today: Spending, budgets: readonly BudgetStatus[], isFree = false): StatusBarText {
  const { spent, estimated, reserved } = today;
  const report = l10n.t("Click for the spending report");
  const freeText = l10n.t("New pictures are free in the sandbox.");
  if (isFree && totalUsd(today) === 0) {
    return { text: `$(sparkle) Limn ${freeInSandbox()}`, tooltip: [freeText, report].join("\n") };
  }
  const sum = formatUsd(sumUsd([spent, estimated]));
  const spentSum = estimated > 0 ? l10n.t("about {0}", sum) : sum;
  const text = reserved > 0 ? l10n.t("{0} + about {1}", spentSum, formatUsd(reserved)) : spentSum;
  return {
    text: `$(sparkle) Limn ${text}`,
    tooltip: [
      l10n.t("Spent today: {0}", spentText(today)),
      ...unsettledTexts(today),
      ...budgets.map(budgetLeftText),
      ...(isFree ? [freeText] : []),
      report,
    ].join("\n"),
  };
}

/** Whether this window follows a job that costs money. */
const isWaitingForPaidJob = ({ jobs }: Services): boolean =>
  jobs.followedIds().some((id) => {
    const job = jobs.journal.get(id);
    return job !== undefined && usesRealMoney(job) && isOpen(job);
  });

/** When the item is visible, by the value of the setting. */
const visibilityRules = {
  never: () => false,
  whileRunning: isWaitingForPaidJob,
  always: () => true,
} as const;

function createItem(): StatusBarItem {
  const item = window.createStatusBarItem("limn.spending", StatusBarAlignment.Right);
  item.name = l10n.t("Limn: Spending");
  item.command = "limn.showSpending";
  return item;
}

/**
 * Shows today's spending if the setting is on. The item is created at its first use, and there
 * is no timer.
 */
export function registerStatusBar(services: Services): Disposable {
  const { jobs, ports, log } = services;
  let item: StatusBarItem | undefined;
  const update = async (): Promise<void> => {
    if (!visibilityRules[setting("statusBar")](services)) {
      item?.hide();
      return;
    }
    const [all, now] = [jobs.journal.listAll(), ports.now()];
    item ??= createItem();
    const [today, budgets] = [spendingIn(all, dayAround(now)), budgetStatuses(limitsToShow(), all, now)];
    const { text, tooltip } = statusBarText(today, budgets, engineToShow() === "sandbox");
    item.text = text;
    item.tooltip = tooltip;
    item.show();
  };
  const scheduleUpdate = createThrottle(update, (error) =>
    log.warn(`The status bar could not be updated: ${String(error)}`),
  );
  const unsubscribes = [jobs.subscribeToFollowed(scheduleUpdate), jobs.journal.subscribe(scheduleUpdate)];
  if (setting("statusBar") === "always") {
    void jobs.journal.load().then(scheduleUpdate, scheduleUpdate);
  }
  return Disposable.from(
    workspace.onDidChangeConfiguration((event) => event.affectsConfiguration("limn") && scheduleUpdate()),
    { dispose: () => unsubscribes.forEach((unsubscribe) => void unsubscribe()) },
    { dispose: () => item?.dispose() },
  );
}
