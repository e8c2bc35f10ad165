import { l10n, Uri, window } from "vscode";
import { isStopped, stoppedError } from "../../core/errors.ts";
import type { Outcome } from "../../core/jobs/jobs.ts";
import { usesRealMoney } from "../../core/money/realMoney.ts";
import { formatUsd, sumUsd } from "../../core/money/usd.ts";
import { joinSentences } from "../../core/text/sentences.ts";
import { stopWaitingOptions } from "../jobs/jobProgress.ts";
import { freeInSandbox } from "../money/sandboxPrice.ts";
import { addSettingToError } from "../request/settingErrors.ts";
import type { Services } from "../services.ts";
import { errorMessage } from "../ui/errorMessage.ts";
import { maxListedNames } from "../ui/lists.ts";
import { notify, notifyWarning } from "../ui/notify.ts";
import { isSameFile } from "../workspace/fileUri.ts";
import { shownPath } from "../workspace/workspaceFolders.ts";
import { type ImageRow, jobRequestOfRow } from "./imageRow.ts";
import { type RowKind, rowTexts } from "./rowTexts.ts";

/** An image that was made, or why it was not. */
type Result = { readonly row: ImageRow } & ({ readonly outcome: Outcome } | { readonly error: unknown });

/** Starts one job for each row, and waits for all of them. They go on if one fails. */
function buyAll({ jobs }: Services, kind: RowKind, rows: readonly ImageRow[]): Thenable<readonly Result[]> {
  return window.withProgress(stopWaitingOptions(rowTexts[kind].progress()), async (progress, token) => {
    const controller = new AbortController();
    const cancellation = token.onCancellationRequested(() => controller.abort());
    let ended = 0;
    const report = () => progress.report({ message: l10n.t("{0} of {1}", ended, rows.length) });
    report();
    try {
      const jobRequests = rows.map(jobRequestOfRow);
      const purchases = await jobs.startAll(jobRequests, controller.signal).catch((error: unknown) => {
        const [first] = jobRequests;
        throw first === undefined ? error : addSettingToError(error, first.request, Uri.parse(first.target.folder));
      });
      const results = rows.map(async (row, index): Promise<Result> => {
        try {
          const outcome = await purchases[index]?.outcome;
          return outcome === undefined ? { row, error: stoppedError() } : { row, outcome };
        } catch (error) {
          return { row, error };
        } finally {
          ended++;
          report();
        }
      });
      const all = await Promise.all(results);
      if (controller.signal.aborted) {
        throw stoppedError();
      }
      return all;
    } finally {
      cancellation.dispose();
    }
  });
}

/** The cost of the pictures, or an estimate, marked as one. */
function costText(outcomes: readonly Outcome[]): string {
  if (outcomes.every(({ job }) => !usesRealMoney(job))) {
    return freeInSandbox();
  }
  const known = outcomes.every(({ cost }) => cost !== undefined);
  const sum = formatUsd(sumUsd(outcomes.map(({ job, cost }) => cost ?? job.estimate)));
  return known ? sum : l10n.t("price unknown, about {0}", sum);
}

/** The first paths, and how many there are beside them. */
function listed(files: readonly Uri[]): string {
  const names = files.slice(0, maxListedNames).map(shownPath).join(", ");
  return files.length > maxListedNames ? l10n.t("{0} and {1} more", names, files.length - maxListedNames) : names;
}

/** A sentence on an image that is not saved at its path, which is taken or of another format. */
const elsewhereNotes = ({ file }: ImageRow, { files: [saved] }: Outcome): readonly string[] =>
  saved === undefined || isSameFile(saved, file)
    ? []
    : [l10n.t("{0} could not be used, so the image is {1}.", shownPath(file), shownPath(Uri.parse(saved)))];

/**
 * Makes the images of the rows. If some fail, the others are made all the same, and the message
 * names those that failed. Rejects with a `LimnError` if nothing could be bought or made.
 *
 * @param notes sentences that the message ends with.
 */
export async function buyRows(
  services: Services,
  kind: RowKind,
  rows: readonly ImageRow[],
  notes: readonly string[],
): Promise<void> {
  const results = await buyAll(services, kind, rows);
  const made = results.flatMap((result) => ("outcome" in result ? [result] : []));
  const failed = results.flatMap((result) => ("error" in result && !isStopped(result.error) ? [result] : []));
  const [first] = failed;
  if (made.length === 0) {
    // Without a failure, the user has stopped them all.
    throw first?.error ?? stoppedError();
  }
  const saved =
    rows.length === 1
      ? l10n.t("Saved {0}", listed(made.flatMap(({ outcome }) => outcome.files.map((file) => Uri.parse(file)))))
      : rowTexts[kind].result(made.length, rows.length);
  const cost = costText(made.map(({ outcome }) => outcome));
  const sentences = [
    `${saved} · ${cost}`,
    ...made.flatMap(({ row, outcome }) => elsewhereNotes(row, outcome)),
    ...(first === undefined
      ? []
      : [l10n.t("Not made: {0}.", listed(failed.map(({ row }) => row.file))), errorMessage(first.error)]),
    ...notes,
  ];
  const show = { label: l10n.t("Show Pictures"), run: () => services.revealPictures.fire() };
  // Not awaited: the message may stay open for hours.
  void (sentences.length > 1 ? notifyWarning(joinSentences(...sentences), show) : notify(sentences.join(""), show));
}
