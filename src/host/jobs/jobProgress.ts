import { l10n, type Progress, ProgressLocation, type ProgressOptions, window } from "vscode";
import { isOpen, type Job } from "../../core/jobs/job.ts";
import { inactiveAfter, LastActivity } from "../../core/jobs/lastActivity.ts";
import { usesRealMoney } from "../../core/money/realMoney.ts";
import { freeInSandbox } from "../money/sandboxPrice.ts";
import { escapeMarkup } from "../ui/escapeMarkup.ts";

/** Milliseconds between two updates of the notification. */
const reportInterval = 1000;

/** That the service makes the pictures, with the progress in percent if it is known. */
function makingText(count: number, progress: number | undefined): string {
  if (progress === undefined) {
    return count === 1 ? l10n.t("Making 1 picture") : l10n.t("Making {0} pictures", count);
  }
  const percent = Math.round(progress);
  return count === 1
    ? l10n.t("Making 1 picture, {0} %", percent)
    : l10n.t("Making {0} pictures, {1} %", count, percent);
}

/** The state of the job. `unchangedFor` is in milliseconds. */
function progressText(job: Job | undefined, count: number, unchangedFor: number): string {
  const storedCount = job?.pictures.filter(({ file }) => file !== undefined).length ?? 0;
  if (job === undefined) {
    // The user may be answering a question about the price; nothing is sent before the answer.
    return l10n.t("Preparing");
  }
  const brokenLinkCount = job.pictures.filter(
    ({ file, problem }) => file === undefined && problem !== undefined,
  ).length;
  if (brokenLinkCount > 0) {
    return l10n.t("Looking for pictures whose links do not work: {0}", brokenLinkCount);
  }
  if (unchangedFor >= inactiveAfter && isOpen(job)) {
    const seconds = Math.floor(unchangedFor / 1000);
    return job.state === "sending"
      ? l10n.t("Still sending, no change for {0} s", seconds)
      : l10n.t("Still working, no change for {0} s", seconds);
  }
  if (job.state === "sending") {
    return l10n.t("Sending");
  }
  if (storedCount > 0 || (job.pictures.length > 0 && count > 1)) {
    return count === 1 ? l10n.t("1 of 1 picture") : l10n.t("{0} of {1} pictures", storedCount, count);
  }
  if (job.pictures.length > 0) {
    return l10n.t("Downloading");
  }
  return makingText(count, job.progress);
}

/** A notification with the button “Stop Waiting”. */
export const stopWaitingOptions = (title: string): ProgressOptions =>
  // VS Code uses a string here as the label of the button (measured in 1.139). Versions that do not
  // show “Cancel”.
  Object.assign(
    { location: ProgressLocation.Notification, title: escapeMarkup(title), cancellable: true },
    { cancellable: l10n.t("Stop Waiting") },
  );

/**
 * Waits for a job and shows a notification with its state, the elapsed time and “Stop Waiting”.
 * There is no way to cancel the work or the bill.
 */
export function withJobProgress<Result>(
  title: string,
  count: number,
  run: (signal: AbortSignal, onUpdate: (job: Job) => void) => Promise<Result>,
): Thenable<Result> {
  return window.withProgress(
    stopWaitingOptions(title),
    async (progress: Progress<{ message?: string; increment?: number }>, token) => {
      const controller = new AbortController();
      const startedAt = performance.now();
      let current: Job | undefined;
      const lastActivity = new LastActivity();
      const report = () => {
        const seconds = Math.floor((performance.now() - startedAt) / 1000);
        const unchangedFor = current === undefined ? 0 : Date.now() - lastActivity.get(current);
        const price = current === undefined || usesRealMoney(current) ? [] : [freeInSandbox()];
        const message = [progressText(current, count, unchangedFor), l10n.t("{0} s", seconds), ...price].join(" · ");
        progress.report({ message });
      };
      const cancellation = token.onCancellationRequested(() => controller.abort());
      const timer = setInterval(report, reportInterval);
      report();
      try {
        return await run(controller.signal, (job) => {
          current = job;
          lastActivity.record(job, Date.now());
          report();
        });
      } finally {
        clearInterval(timer);
        cancellation.dispose();
      }
    },
  );
}
