import * as l10n from "@vscode/l10n";
import { post } from "../../webview/vscodeApi.ts";
import type { PanelState } from "../panelState.ts";
import { formatNumber } from "../shared/format.ts";
import { isWaitedFor } from "../shared/jobState.ts";
import type { JobAction } from "./jobActions.ts";
import { queuedJobs } from "./queuedJobs.ts";

const withdrawUnsentAction = (unsentCount: number): JobAction => ({
  name: l10n.t("Withdraw Unsent ({0})", formatNumber(unsentCount)),
  icon: "circle-slash",
  hint: l10n.t("Nothing of them was sent yet, so they cost nothing. Those that were sent go on."),
  onClick: () => post({ type: "withdraw" }),
});

/** `isFree`: all jobs are of the sandbox. */
const stopAllAction = (waitingCount: number, isFree: boolean): JobAction => ({
  name: l10n.t("Stop Waiting for All ({0})", formatNumber(waitingCount)),
  icon: "debug-stop",
  hint: isFree
    ? l10n.t("The requests go on; check again later for their pictures.")
    : l10n.t("The requests go on and are billed all the same; check again later for their pictures."),
  onClick: () => post({ type: "stopWaiting" }),
});

/** What can be done with all jobs that this window waits for, if there are several. */
export function waitAllActions(panelState: PanelState): readonly JobAction[] {
  const { waiting = 0, unsent = 0, total = 0 } = panelState.queue ?? {};
  if (waiting < 2) {
    return [];
  }
  const jobs = queuedJobs(panelState);
  // The host sends no more than 100 jobs; those that are not here may be of Runware.
  const isFree = total === jobs.length && jobs.every((job) => job.isSandbox || !isWaitedFor(job));
  return [...(unsent > 0 ? [withdrawUnsentAction(unsent)] : []), stopAllAction(waiting, isFree)];
}
