import type { BudgetView, EngineView, ModelView } from "../../protocol.ts";
import type { Shape } from "./fields/shape.ts";

/** What stands for a price in the sandbox, the same wherever one would stand. */
export const freeInSandbox = "free in the sandbox";

/**
 * An amount in US dollars as the rest of Limn writes it: tenths of a cent below a dollar, cents
 * above, more only where they say something.
 */
export function formatUsd(usd: number): string {
  const digits = [2, 3, 4].find((count) => Math.abs(usd - Number(usd.toFixed(count))) < 1e-9) ?? 4;
  return `$${usd.toFixed(usd > 0 && usd < 1 ? Math.max(3, digits) : digits)}`;
}

/**
 * What the pictures will cost, in USD, as far as the price list says; the service's answer has the
 * true price.
 */
export function estimate({ sizes, price }: ModelView, shape: Shape, count: number): number {
  const tierOf = (): keyof typeof price => {
    if (shape === "like-reference") {
      return "1k";
    }
    return "resolution" in shape
      ? shape.resolution
      : (sizes.find(({ width, height }) => width === shape.width && height === shape.height)?.tier ?? "2k");
  };
  return Math.round(price[tierOf()] * count * 1e6) / 1e6;
}

const roundToMicros = (usd: number): number => Math.round(usd * 1e6) / 1e6;

/** How a budget is called in a sentence. */
const budgetNames = { perDay: "today's", perMonth: "this month's" } as const satisfies Record<
  BudgetView["period"],
  string
>;

/** What is left of a budget: `$0.664 of today's $1.00 left`. */
function budgetText({ period, limit, remaining: left, isExact: sure }: BudgetView): string {
  const budget = `${budgetNames[period]} ${formatUsd(limit)}`;
  return left <= 0 ? `${budget} budget used up` : `${sure ? "" : "about "}${formatUsd(left)} of ${budget} left`;
}

/**
 * What is known of the money, each as a few words. An estimate is called one; what is not settled
 * is told where it takes from a budget.
 */
export function moneyTexts({ balance, today, budgets = [] }: EngineView): readonly string[] {
  const { spent = 0, estimated = 0, reserved = 0, unknown = 0 } = today ?? {};
  const spentToday = roundToMicros(spent + estimated);
  const estimatedNote = estimated > 0 ? `, of it about ${formatUsd(estimated)} estimated` : "";
  const pending = [
    ...(reserved > 0 ? [`about ${formatUsd(reserved)} for running requests`] : []),
    ...(unknown > 0 ? [`about ${formatUsd(unknown)} that may have been billed`] : []),
  ];
  return [
    ...(balance === undefined ? [] : [`Balance ${formatUsd(balance)}`]),
    ...(spentToday > 0 ? [`${formatUsd(spentToday)} spent today${estimatedNote}`] : []),
    ...(budgets.length > 0 ? pending : []),
    ...budgets.map(budgetText),
  ];
}

/**
 * By how much a request is too dear for the budget it exceeds most, in a sentence; `undefined`
 * where it fits, to the last millionth.
 */
export function overBudgetText({ kind, budgets = [] }: EngineView, price: number): string | undefined {
  const [worst] = budgets
    .map(({ period, remaining: left }) => ({ period, excess: roundToMicros(price - left) }))
    .sort((one, other) => other.excess - one.excess);
  return kind === "sandbox" || worst === undefined || worst.excess <= 0
    ? undefined
    : `About ${formatUsd(worst.excess)} more than is left of ${budgetNames[worst.period]} budget.`;
}
