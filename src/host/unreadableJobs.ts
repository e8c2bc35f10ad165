import { l10n, type QuickPickItem, ThemeIcon, window } from "vscode";
import { costsMoney, moneyOf, totalOf } from "../core/ledger.ts";
import { formatUsd } from "../core/price.ts";
import type { UnreadableJob } from "../core/unreadable.ts";
import { freeInSandbox } from "./sandboxPrice.ts";
import type { Services } from "./services.ts";
import { tell } from "./tell.ts";

/** An entry of the list of unfinished jobs, and what choosing it does. */
export interface Entry extends QuickPickItem {
  readonly act: () => Promise<unknown>;
}

/** What counts for the file, in words. */
const amountOf = ({ receipt }: UnreadableJob): string =>
  costsMoney(receipt) ? l10n.t("counted with about {0}", formatUsd(totalOf(moneyOf(receipt)))) : freeInSandbox();

/** Puts a receipt in place of the file, if the user confirms it: what can be read of the file besides is gone then. */
async function forget({ jobs }: Services, unreadable: UnreadableJob): Promise<void> {
  const yes = l10n.t("Forget");
  const detail = l10n.t(
    "Limn cannot ask for its pictures any more. In the budget and the spending report it stays {0}.",
    amountOf(unreadable),
  );
  if ((await window.showWarningMessage(l10n.t("Forget this job?"), { modal: true, detail }, yes)) === yes) {
    await jobs.journal.forgetUnreadable(unreadable.taskUUID);
  }
}

/** A file of another version is that version's: it is never changed. */
const explain = async (): Promise<void> => {
  void tell(
    l10n.t("Another version of Limn wrote this job. Use that version to see it; it counts in the budget until then."),
  );
};

const kinds = {
  damaged: { label: () => l10n.t("Damaged job file"), icon: "warning", act: forget },
  version: { label: () => l10n.t("Job of another version of Limn"), icon: "versions", act: explain },
} as const;

/** Job files that cannot be read, as entries of the list of unfinished jobs. */
export const unreadableEntries = (services: Services): Entry[] =>
  services.jobs.journal.unreadable().map((unreadable) => {
    const { label, icon, act } = kinds[unreadable.reason];
    return {
      label: label(),
      description: amountOf(unreadable),
      detail: [new Date(unreadable.receipt.createdAt).toLocaleString(), unreadable.taskUUID].join(" · "),
      iconPath: new ThemeIcon(icon),
      act: () => act(services, unreadable),
    };
  });
