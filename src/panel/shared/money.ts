import * as l10n from "@vscode/l10n";
import { formatUsd, roundToMicros } from "../../core/money/usd.ts";
import type { BudgetView, EngineView } from "../../protocol.ts";

/** What the pages show instead of a price in the sandbox. */
export const freeInSandbox = l10n.t("free in the sandbox");

/** What is left of a budget: `$0.664 of today's $1.00 left`. */
function budgetText({ period, limit, remaining, isExact }: BudgetView): string {
  const [left, total] = [formatUsd(remaining), formatUsd(limit)];
  const isToday = period === "perDay";
  if (remaining <= 0) {
    return isToday ? l10n.t("today's {0} budget used up", total) : l10n.t("this month's {0} budget used up", total);
  }
  if (isExact) {
    return isToday
      ? l10n.t("{0} of today's {1} left", left, total)
      : l10n.t("{0} of this month's {1} left", left, total);
  }
  return isToday
    ? l10n.t("about {0} of today's {1} left", left, total)
    : l10n.t("about {0} of this month's {1} left", left, total);
}

/**
 * The money in short texts. Estimates are named as such; open amounts are shown if there is a
 * budget.
 */
export function moneyTexts({ balance, spendingToday: today, budgets = [] }: EngineView): readonly string[] {
  const { spent = 0, estimated = 0, reserved = 0, unknown = 0 } = today ?? {};
  const spentToday = formatUsd(roundToMicros(spent + estimated));
  const spentText =
    estimated > 0
      ? l10n.t("{0} spent today, of which about {1} is estimated", spentToday, formatUsd(estimated))
      : l10n.t("{0} spent today", spentToday);
  const open = [
    ...(reserved > 0 ? [l10n.t("about {0} for running requests", formatUsd(reserved))] : []),
    ...(unknown > 0 ? [l10n.t("about {0} that may have been billed", formatUsd(unknown))] : []),
  ];
  return [
    ...(balance === undefined ? [] : [l10n.t("Balance {0}", formatUsd(balance))]),
    ...(roundToMicros(spent + estimated) > 0 ? [spentText] : []),
    ...(budgets.length > 0 ? open : []),
    ...budgets.map(budgetText),
  ];
}

/**
 * A sentence on the amount by which a request exceeds a budget, of the budget that it exceeds most;
 * `undefined` if it exceeds none. `price` in USD.
 */
export function overBudgetText({ kind, budgets = [] }: EngineView, price: number): string | undefined {
  const [worst] = budgets
    .map(({ period, remaining }) => ({ period, excess: roundToMicros(price - remaining) }))
    .sort((one, other) => other.excess - one.excess);
  if (kind === "sandbox" || worst === undefined || worst.excess <= 0) {
    return undefined;
  }
  const excess = formatUsd(worst.excess);
  return worst.period === "perDay"
    ? l10n.t("About {0} more than is left of today's budget.", excess)
    : l10n.t("About {0} more than is left of this month's budget.", excess);
}
