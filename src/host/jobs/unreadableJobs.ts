import { l10n, ThemeIcon } from "vscode";
import type { UnreadableJob } from "../../core/journal/unreadableJob.ts";
import { usesRealMoney } from "../../core/money/realMoney.ts";
import { spendingOf, totalUsd } from "../../core/money/spending.ts";
import { formatUsd } from "../../core/money/usd.ts";
import { freeInSandbox } from "../money/sandboxPrice.ts";
import type { Services } from "../services.ts";
import { notify } from "../ui/notify.ts";
import { confirmForget, type UnfinishedJobEntry } from "./unfinishedJobEntry.ts";

/** What the budget counts for the file, in words. */
const countedAmount = ({ receipt }: UnreadableJob): string =>
  usesRealMoney(receipt) ? l10n.t("counted with about {0}", formatUsd(totalUsd(spendingOf(receipt)))) : freeInSandbox();

/** Replaces the file by a receipt, if the user confirms. The rest of the file is lost. */
async function forgetUnreadableJob({ jobs }: Services, unreadable: UnreadableJob): Promise<void> {
  const detail = l10n.t(
    "Limn cannot ask for its pictures any more. In the budget and the spending report it stays {0}.",
    countedAmount(unreadable),
  );
  if (await confirmForget(detail)) {
    await jobs.journal.forgetUnreadable(unreadable.taskUUID);
  }
}

/** A file of another version is never changed. */
const notifyOtherVersion = async (): Promise<void> => {
  void notify(
    l10n.t("Another version of Limn wrote this job. Use that version to see it; it counts in the budget until then."),
  );
};

const entryKinds = {
  damaged: { label: () => l10n.t("Damaged job file"), icon: "warning", onSelect: forgetUnreadableJob },
  version: { label: () => l10n.t("Job of another version of Limn"), icon: "versions", onSelect: notifyOtherVersion },
} as const;

/** Job files that cannot be read, as entries of the list of unfinished jobs. */
export const unreadableEntries = (services: Services): UnfinishedJobEntry[] =>
  services.jobs.journal.unreadable().map((unreadable) => {
    const { label, icon, onSelect } = entryKinds[unreadable.reason];
    return {
      label: label(),
      description: countedAmount(unreadable),
      detail: [new Date(unreadable.receipt.createdAt).toLocaleString(), unreadable.taskUUID].join(" · "),
      iconPath: new ThemeIcon(icon),
      onSelect: () => onSelect(services, unreadable),
    };
  });
