import { l10n, Uri, window } from "vscode";
import { isStopped, LimnError, stoppedError } from "../../core/errors.ts";
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
import { type NeededRows, neededRows, type ReasonNotToMake } from "./neededRows.ts";
import { type RowKind, rowTexts } from "./rowTexts.ts";

/** An image that was made, or why it was not. */
type Result = { readonly row: ImageRow } & ({ readonly outcome: Outcome } | { readonly error: unknown });

/** A purchase of rows. */
interface RowPurchase {
  readonly kind: RowKind;
  readonly rows: readonly ImageRow[];
  /** Also asked when the user has allowed the price: that may take hours. */
  readonly reasonNotToMake: ReasonNotToMake;
  /** Sentences that the message ends with. */
  readonly notes: readonly string[];
}

/**
 * Starts one job for each row that is still needed, and waits for all of them. They go on if one
 * fails. Resolves to their results, and sentences on the other rows.
 */
function buyAll(services: Services, { kind, rows, reasonNotToMake }: RowPurchase) {
  const { jobs } = services;
  return window.withProgress(stopWaitingOptions(rowTexts[kind].progress()), async (progress, token) => {
    const controller = new AbortController();
    const cancellation = token.onCancellationRequested(() => controller.abort());
    let current: NeededRows = { needed: rows, notes: [] };
    let ended = 0;
    const report = () => progress.report({ message: l10n.t("{0} of {1}", ended, current.needed.length) });
    report();
    try {
      const jobRequests = rows.map(jobRequestOfRow);
      const selectNeeded = async () => {
        current = await neededRows(services, rows, reasonNotToMake);
        return current.needed.map((row) => jobRequests[rows.indexOf(row)]);
      };
      const purchases = await jobs.startAll(jobRequests, controller.signal, selectNeeded).catch((error: unknown) => {
        const [first] = jobRequests;
        throw first === undefined ? error : addSettingToError(error, first.request, Uri.parse(first.target.folder));
      });
      report();
      const results = current.needed.map(async (row, index): Promise<Result> => {
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
      return { results: all, notes: current.notes };
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

/** The picture of a row is paid, but could not be downloaded. */
const unsavedError = ({ file }: ImageRow) =>
  new LimnError(
    "unexpected",
    l10n.t(
      "The picture for {0} is made, but could not be downloaded. “Limn: Show Unfinished Jobs” tries again, for free.",
      shownPath(file),
    ),
  );

/**
 * Makes the images of the rows. If some fail, the others are made all the same, and the message
 * names those that failed. Rejects with a `LimnError` if nothing could be bought or made.
 */
export async function buyRows(services: Services, purchase: RowPurchase): Promise<void> {
  const { results, notes: lateNotes } = await buyAll(services, purchase);
  const notes = [...lateNotes, ...purchase.notes];
  if (results.length === 0) {
    void notify(notes.join(" "));
    return;
  }
  const bought = results.flatMap((result) => ("outcome" in result ? [result] : []));
  const saved = bought.filter(({ outcome }) => outcome.files.length > 0);
  const failed = results.flatMap((result) => {
    const error =
      "error" in result ? result.error : result.outcome.files.length === 0 ? unsavedError(result.row) : undefined;
    return error === undefined || isStopped(error) ? [] : [{ row: result.row, error }];
  });
  const [first] = failed;
  if (saved.length === 0) {
    // Without a failure, the user has stopped them all.
    throw first?.error ?? stoppedError();
  }
  const result =
    results.length === 1
      ? l10n.t("Saved {0}", listed(saved.flatMap(({ outcome }) => outcome.files.map((file) => Uri.parse(file)))))
      : rowTexts[purchase.kind].result(saved.length, results.length);
  const cost = costText(bought.map(({ outcome }) => outcome));
  const sentences = [
    `${result} · ${cost}`,
    ...saved.flatMap(({ row, outcome }) => elsewhereNotes(row, outcome)),
    ...(first === undefined
      ? []
      : [l10n.t("Not saved: {0}.", listed(failed.map(({ row }) => row.file))), errorMessage(first.error)]),
    ...notes,
  ];
  const show = { label: l10n.t("Show Pictures"), run: () => services.revealPictures.fire() };
  // Not awaited: the message may stay open for hours.
  void (sentences.length > 1 ? notifyWarning(joinSentences(...sentences), show) : notify(sentences.join(""), show));
}
