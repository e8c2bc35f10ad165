import { l10n, type QuickPickItem } from "vscode";
import { confirmInDialog } from "../ui/dialog.ts";

/** An entry of the list of unfinished jobs, and what selecting it does. */
export interface UnfinishedJobEntry extends QuickPickItem {
  readonly onSelect: () => Promise<unknown>;
}

/** Asks whether a job should be forgotten. `detail` says what that means for it. */
export const confirmForget = (detail: string): Promise<boolean> =>
  confirmInDialog(l10n.t("Forget this job?"), detail, l10n.t("Forget"));
