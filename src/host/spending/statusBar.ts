import { Disposable, l10n, StatusBarAlignment, type StatusBarItem, window, workspace } from "vscode";
import { type Allowance, allowances } from "../../core/budget.ts";
import { isOpen } from "../../core/job.ts";
import { costsMoney, dayAround, type Money, moneyIn } from "../../core/ledger.ts";
import { formatUsd, sumUsd } from "../../core/price.ts";
import { limitsToShow } from "../budget.ts";
import { createFeed } from "../feed.ts";
import type { Services } from "../services.ts";
import { setting } from "../settings.ts";
import { leftText, openTexts, spentText } from "./words.ts";

/** What the status bar says of today. */
export interface StatusView {
  readonly text: string;
  readonly tooltip: string;
}

/** Today's money in a few characters: `$0.028 + about $0.084` while requests are under way. An estimate is called one. */
export function statusView(today: Money, budgets: readonly Allowance[]): StatusView {
  const { spent, estimated, reserved } = today;
  const sum = formatUsd(sumUsd([spent, estimated]));
  const gone = estimated > 0 ? l10n.t("about {0}", sum) : sum;
  const text = reserved > 0 ? l10n.t("{0} + about {1}", gone, formatUsd(reserved)) : gone;
  return {
    text: `$(sparkle) Limn ${text}`,
    tooltip: [
      l10n.t("Spent today: {0}", spentText(today)),
      ...openTexts(today),
      ...budgets.map(leftText),
      l10n.t("Click for the spending report"),
    ].join("\n"),
  };
}

/** Whether this window waits for something that costs money. */
const isBuying = ({ jobs }: Services): boolean =>
  jobs.journal.list().some((job) => costsMoney(job) && isOpen(job) && jobs.isFollowed(job.taskUUID));

/** Whether there is something to say, by what the setting says. */
const rules = {
  never: () => false,
  whileRunning: isBuying,
  always: () => true,
} as const;

function createItem(): StatusBarItem {
  const item = window.createStatusBarItem("limn.spending", StatusBarAlignment.Right);
  item.name = l10n.t("Limn: Spending");
  item.command = "limn.showSpending";
  return item;
}

/** Shows what was spent today, when the setting says so. Nothing is made before there is something to say, and no clock ticks for it. */
export function registerStatusBar(services: Services): Disposable {
  const { jobs, ports, log } = services;
  let item: StatusBarItem | undefined;
  const draw = async (): Promise<void> => {
    if (!rules[setting("statusBar")](services)) {
      item?.hide();
      return;
    }
    const [all, now] = [jobs.journal.all(), ports.now()];
    item ??= createItem();
    const { text, tooltip } = statusView(moneyIn(all, dayAround(now)), allowances(limitsToShow(), all, now));
    item.text = text;
    item.tooltip = tooltip;
    item.show();
  };
  const soon = createFeed(draw, (error) => log.warn(`The status bar could not be drawn: ${String(error)}`));
  const ends = [jobs.onFollow(soon), jobs.journal.onChange(soon)];
  if (setting("statusBar") === "always") {
    void jobs.journal.load().then(soon, soon);
  }
  return Disposable.from(
    workspace.onDidChangeConfiguration((event) => event.affectsConfiguration("limn") && soon()),
    { dispose: () => ends.forEach((end) => void end()) },
    { dispose: () => item?.dispose() },
  );
}
