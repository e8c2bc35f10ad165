import { l10n, type Memento, window } from "vscode";
import { LimnError } from "../../core/errors.ts";
import { formatUsd } from "../../core/money/usd.ts";
import type { BudgetPort, ExpensiveRequest, Limits, LogPort } from "../../core/ports.ts";
import { rawUserSetting } from "../settings.ts";
import { budgetNoticeKey } from "../storage/storagePaths.ts";
import { askInDialog } from "../ui/dialog.ts";
import { openBudgetSettings } from "../ui/openSettings.ts";

/**
 * A limit as it is set; 0 means none. A settings file can hold any value, and an invalid limit must
 * not count as none.
 */
function readLimit(key: "askAbove" | "perDay" | "perMonth"): Limits {
  const usd = rawUserSetting(`budget.${key}`);
  if (typeof usd !== "number" || !Number.isFinite(usd) || usd < 0) {
    throw new LimnError(
      "budget",
      l10n.t(
        "The setting “limn.budget.{0}” must be an amount in US dollars, such as 5, or 0 for no limit. Nothing was sent. Correct it in the settings.",
        key,
      ),
      { field: "budget" },
    );
  }
  return usd === 0 ? {} : { [key]: usd };
}

/** The limits of the settings. Throws a `LimnError` of kind `budget` if one is not an amount. */
const readLimits = (): Limits => ({ ...readLimit("askAbove"), ...readLimit("perDay"), ...readLimit("perMonth") });

/**
 * The limits of the settings for display: none if they are invalid. A purchase reports that error.
 */
export function limitsToShow(): Limits {
  try {
    return readLimits();
  } catch {
    return {};
  }
}

/**
 * Asks whether to buy above the amount. The question has no timeout, for programs too. VS Code
 * focuses the first button of a dialog (measured for Clean Up,
 * `test/e2e/panelInteraction.test.ts`), and an Enter that is still held down must not buy, so the
 * first button buys nothing.
 */
async function approve({ estimate, askAbove, count }: ExpensiveRequest): Promise<boolean> {
  const answer = await askInDialog(
    l10n.t(
      "This request is expected to cost about {0}, more than the {1} above which Limn asks.",
      formatUsd(estimate),
      formatUsd(askAbove),
    ),
    l10n.t("Pictures: {0}. You can change the amount in the setting “limn.budget.askAbove”.", count),
    { title: l10n.t("Don't Buy"), value: false },
    { title: l10n.t("Buy for About {0}", formatUsd(estimate)), value: true },
  );
  return answer === true;
}

/**
 * Shows once, at the first purchase for real money, above which amount Limn asks. The purchase does
 * not wait for it.
 */
async function showNoticeOnce(state: Memento): Promise<void> {
  const { askAbove } = limitsToShow();
  if (state.get(budgetNoticeKey) !== undefined) {
    return;
  }
  await state.update(budgetNoticeKey, true);
  if (askAbove === undefined) {
    return;
  }
  const open = { title: l10n.t("Open Settings") };
  const text = l10n.t(
    "Limn asks before a request that is expected to cost more than {0}. Change the amount, or limit a day or a month, in the settings.",
    formatUsd(askAbove),
  );
  if ((await window.showInformationMessage(text, open)) === open) {
    await openBudgetSettings();
  }
}

/**
 * The budget of the settings, and the question above the amount that is set. `state` is shared by
 * all workspaces.
 */
export const createBudget = (state: Memento, log: LogPort): BudgetPort => ({
  limits: readLimits,
  approve,
  onPurchase: () =>
    void showNoticeOnce(state).catch((error: unknown) =>
      log.warn(`The notice about the budget could not be shown: ${String(error)}`),
    ),
});
