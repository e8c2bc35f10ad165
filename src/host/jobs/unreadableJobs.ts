import { l10n, ThemeIcon } from "vscode";
import type { UnreadableJob } from "../../core/journal/unreadableJob.ts";
import { usesRealMoney } from "../../core/money/realMoney.ts";
import { freeInSandbox } from "../money/sandboxPrice.ts";
import type { Services } from "../services.ts";
import { notify } from "../ui/notify.ts";
import { countedAmount, forgetUnreadableDetail, otherVersionText } from "./forgetTexts.ts";
import { confirmForget, type UnfinishedJobEntry } from "./unfinishedJobEntry.ts";

/** Replaces the file by a receipt, if the user confirms. The rest of the file is lost. */
async function forgetUnreadableJob({ jobs }: Services, { receipt, taskUUID }: UnreadableJob): Promise<void> {
  if (await confirmForget(forgetUnreadableDetail(receipt))) {
    await jobs.journal.forgetUnreadable(taskUUID);
  }
}

/** A file of another version is never changed. */
const notifyOtherVersion = async (_: Services, { receipt }: UnreadableJob): Promise<void> => {
  void notify(otherVersionText(receipt));
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
      description: usesRealMoney(unreadable.receipt) ? countedAmount(unreadable.receipt) : freeInSandbox(),
      detail: [new Date(unreadable.receipt.createdAt).toLocaleString(), unreadable.taskUUID].join(" · "),
      iconPath: new ThemeIcon(icon),
      onSelect: () => onSelect(services, unreadable),
    };
  });
