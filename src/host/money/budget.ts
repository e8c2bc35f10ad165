import { l10n, type Memento, window } from "vscode";
import { LimnError } from "../../core/errors.ts";
import { formatUsd } from "../../core/money/usd.ts";
import type { BudgetPort, ExpensiveRequest, Limits, LogPort } from "../../core/ports.ts";
import { rawUserSetting } from "../settings.ts";
import { budgetNoticeKey } from "../storage/storagePaths.ts";
import { openBudgetSettings } from "../ui/openSettings.ts";

/**
 * A limit as it is set: 0 is none. VS Code hands out whatever stands in the settings file, and a
 * limit that cannot be read must not be none.
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

/**
 * What the settings allow. Throws a `LimnError` of kind `budget` where one of them is no amount.
 */
const readLimits = (): Limits => ({ ...readLimit("askAbove"), ...readLimit("perDay"), ...readLimit("perMonth") });

/**
 * What the settings allow, for those who only show it: none where they cannot be read, which is
 * told when something is to be bought.
 */
export function limitsToShow(): Limits {
  try {
    return readLimits();
  } catch {
    return {};
  }
}

/**
 * Asks whether a request above the amount is wanted. The question stands until it is answered, for
 * programs too. VS Code gives the focus to the first button of a dialog (measured for Clean Up,
 * `test/e2e/panelInteraction.test.ts`): an Enter that is still held from the press before must not
 * buy, so the first button is one that buys nothing.
 */
async function approve({ estimate, askAbove, count }: ExpensiveRequest): Promise<boolean> {
  const buy = l10n.t("Buy for About {0}", formatUsd(estimate));
  const pressed = await window.showWarningMessage(
    l10n.t(
      "This request is expected to cost about {0}, more than the {1} above which Limn asks.",
      formatUsd(estimate),
      formatUsd(askAbove),
    ),
    {
      modal: true,
      detail: l10n.t("Pictures: {0}. You can change the amount in the setting “limn.budget.askAbove”.", count),
    },
    l10n.t("Don't Buy"),
    buy,
  );
  return pressed === buy;
}

/**
 * Tells once, at the first purchase for real money, above what amount Limn asks. The purchase does
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
  const open = l10n.t("Open Settings");
  const text = l10n.t(
    "Limn asks before a request that is expected to cost more than {0}. Change the amount, or limit a day or a month, in the settings.",
    formatUsd(askAbove),
  );
  if ((await window.showInformationMessage(text, open)) === open) {
    await openBudgetSettings();
  }
}

/**
 * The budget as the settings have it, with a question to the user above the amount that is set.
 * `state` is shared by all workspaces.
 */
export const createBudget = (state: Memento, log: LogPort): BudgetPort => ({
  limits: readLimits,
  approve,
  onPurchase: () =>
    void showNoticeOnce(state).catch((error: unknown) => log.warn(`The notice of the budget failed: ${String(error)}`)),
});
