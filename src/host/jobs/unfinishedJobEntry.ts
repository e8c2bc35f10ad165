import { l10n, type QuickPickItem, window } from "vscode";

/** An entry of the list of unfinished jobs, and what selecting it does. */
export interface UnfinishedJobEntry extends QuickPickItem {
  readonly onSelect: () => Promise<unknown>;
}

/** Asks whether a job should be forgotten. `detail` says what that means for it. */
export async function confirmForget(detail: string): Promise<boolean> {
  const forget = l10n.t("Forget");
  return (await window.showWarningMessage(l10n.t("Forget this job?"), { modal: true, detail }, forget)) === forget;
}
