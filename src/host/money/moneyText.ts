import { l10n } from "vscode";
import { type BudgetStatus, isExact } from "../../core/money/budget.ts";
import type { Spending } from "../../core/money/spending.ts";
import { formatUsd, sumUsd } from "../../core/money/usd.ts";

/**
 * The amount that was spent, and how much of it is estimated. `formatSum` puts the sum into a
 * sentence.
 */
export function spentText({ spent, estimated }: Spending, formatSum = (sum: string): string => sum): string {
  const sum = formatSum(formatUsd(sumUsd([spent, estimated])));
  return estimated === 0 ? sum : l10n.t("{0}, of which about {1} is estimated", sum, formatUsd(estimated));
}

/** Texts for the rest of a budget, by period. */
const periodTexts = {
  perDay: (left: string, limit: string) => l10n.t("{0} left of today's budget of {1}", left, limit),
  perMonth: (left: string, limit: string) => l10n.t("{0} left of this month's budget of {1}", left, limit),
} as const satisfies Readonly<Record<BudgetStatus["period"]["key"], (left: string, limit: string) => string>>;

/** The rest of a budget. */
export function budgetLeftText({ period, limit, spending, remaining }: BudgetStatus): string {
  const amount = formatUsd(Math.max(0, remaining));
  return periodTexts[period.key](
    isExact(spending) || remaining <= 0 ? amount : l10n.t("about {0}", amount),
    formatUsd(limit),
  );
}

/** Amounts that are not final, each as a part of a sentence. */
export const unsettledTexts = ({ reserved, unknown }: Spending): string[] => [
  ...(reserved > 0 ? [l10n.t("about {0} reserved for running requests", formatUsd(reserved))] : []),
  ...(unknown > 0 ? [l10n.t("about {0} that may have been billed", formatUsd(unknown))] : []),
];
