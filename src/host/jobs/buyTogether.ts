import { l10n, Uri, window } from "vscode";
import { isStopped, LimnError, stoppedError } from "../../core/errors.ts";
import type { Job } from "../../core/jobs/job.ts";
import type { Outcome, SelectNeeded } from "../../core/jobs/jobs.ts";
import { usesRealMoney } from "../../core/money/realMoney.ts";
import { formatUsd, sumUsd } from "../../core/money/usd.ts";
import type { JobRequest } from "../../core/request/request.ts";
import { joinSentences } from "../../core/text/sentences.ts";
import { freeInSandbox } from "../money/sandboxPrice.ts";
import { addSettingToError } from "../request/settingErrors.ts";
import type { Services } from "../services.ts";
import { errorMessage } from "../ui/errorMessage.ts";
import { listedNames } from "../ui/lists.ts";
import { notify, notifyWarning } from "../ui/notify.ts";
import { isSameFile } from "../workspace/fileUri.ts";
import { shownPath } from "../workspace/workspaceFolders.ts";
import { stopWaitingOptions } from "./jobProgress.ts";
import { beingMadeNote, type ItemToMake, type NeededItems, neededItems, type ReasonNotToMake } from "./neededItems.ts";

/** A picture that was made, or why it was not. */
type Result<Item> = { readonly item: Item } & ({ readonly outcome: Outcome } | { readonly error: unknown });

/** Pictures that are bought together, one for each item. */
interface GroupPurchase<Item extends ItemToMake> {
  readonly items: readonly Item[];
  readonly toJobRequest: (item: Item) => JobRequest;
  readonly texts: {
    readonly progress: () => string;
    /** The result, if there was more than one item. */
    readonly result: (made: number, count: number) => string;
  };
  /** Also asked when the user has allowed the price: that may take hours. */
  readonly reasonNotToMake: ReasonNotToMake<Item>;
  /** Sentences that the message ends with. */
  readonly notes: readonly string[];
  /** Brings back what was at the paths of the pictures; absent if there was nothing. */
  readonly undo?: (files: readonly Uri[]) => Promise<void>;
}

/**
 * Starts one job for each item that is still needed, and waits for all of them. They go on if one
 * fails. Resolves to their results, and the sentences that the message ends with: also those on the
 * other items.
 */
function buyAll<Item extends ItemToMake>(
  services: Services,
  { items, toJobRequest, texts, reasonNotToMake, notes }: GroupPurchase<Item>,
) {
  return window.withProgress(stopWaitingOptions(texts.progress()), async (progress, token) => {
    const controller = new AbortController();
    const cancellation = token.onCancellationRequested(() => controller.abort());
    let current: NeededItems<Item> = { needed: items, notes: [] };
    let count = items.length;
    let ended = 0;
    const report = () => progress.report({ message: l10n.t("{0} of {1}", ended, count) });
    report();
    try {
      const requests = new Map(items.map((item) => [item, toJobRequest(item)]));
      const selectNeeded: SelectNeeded = async (isRival) => {
        const isRivalOf = (job: Job, item: Item) => {
          const jobRequest = requests.get(item);
          return jobRequest === undefined || isRival(job, jobRequest);
        };
        current = await neededItems(services, items, reasonNotToMake, isRivalOf);
        return current.needed.map((item) => requests.get(item));
      };
      const purchases = await services.jobs
        .startAll([...requests.values()], controller.signal, selectNeeded)
        .catch((error: unknown) => {
          const [first] = requests.values();
          throw first === undefined ? error : addSettingToError(error, first.request, Uri.parse(first.target.folder));
        });
      const bought = [...requests].flatMap(([item, jobRequest]) => {
        const purchase = purchases.get(jobRequest);
        return purchase === undefined ? [] : [{ item, purchase }];
      });
      count = bought.length;
      report();
      const results = await Promise.all(
        bought.map(async ({ item, purchase }): Promise<Result<Item>> => {
          try {
            return { item, outcome: await purchase.outcome };
          } catch (error) {
            return { item, error };
          } finally {
            ended++;
            report();
          }
        }),
      );
      if (controller.signal.aborted) {
        throw stoppedError();
      }
      // Another window was about to make these, and may have given up since.
      const withdrawn = current.needed.filter((item) => !bought.some((one) => one.item === item));
      return { results, notes: [...current.notes, ...withdrawn.map(beingMadeNote), ...notes] };
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

/** A sentence on a picture that is not saved at its path, which is taken or of another format. */
const elsewhereNotes = ({ file }: ItemToMake, { files: [saved] }: Outcome): readonly string[] =>
  saved === undefined || isSameFile(saved, file)
    ? []
    : [l10n.t("{0} could not be used, so the image is {1}.", shownPath(file), shownPath(Uri.parse(saved)))];

/** The picture of an item is paid, but could not be downloaded. */
const unsavedError = ({ file }: ItemToMake) =>
  new LimnError(
    "unexpected",
    l10n.t(
      "The picture for {0} is made, but could not be downloaded. “Limn: Show Unfinished Jobs” tries again, for free.",
      shownPath(file),
    ),
  );

/**
 * Makes the pictures of the items. If some fail, the others are made all the same, and the message
 * names those that failed. Rejects with a `LimnError` if nothing could be bought or made.
 */
export async function buyTogether<Item extends ItemToMake>(
  services: Services,
  purchase: GroupPurchase<Item>,
): Promise<void> {
  const { results, notes } = await buyAll(services, purchase);
  if (results.length === 0) {
    void notify(notes.join(" "));
    return;
  }
  const bought = results.flatMap((result) => ("outcome" in result ? [result] : []));
  const saved = bought.filter(({ outcome }) => outcome.files.length > 0);
  const failed = results.flatMap((result) => {
    const error =
      "error" in result ? result.error : result.outcome.files.length === 0 ? unsavedError(result.item) : undefined;
    return error === undefined || isStopped(error) ? [] : [{ item: result.item, error }];
  });
  const [first] = failed;
  if (saved.length === 0) {
    // Without a failure, the user has stopped them all.
    throw first?.error ?? stoppedError();
  }
  const result =
    results.length === 1
      ? l10n.t(
          "Saved {0}",
          listedNames(saved.flatMap(({ outcome }) => outcome.files.map((file) => shownPath(Uri.parse(file))))),
        )
      : purchase.texts.result(saved.length, results.length);
  const cost = costText(bought.map(({ outcome }) => outcome));
  const sentences = [
    `${result} · ${cost}`,
    ...saved.flatMap(({ item, outcome }) => elsewhereNotes(item, outcome)),
    ...(first === undefined
      ? []
      : [
          l10n.t("Not saved: {0}.", listedNames(failed.map(({ item }) => shownPath(item.file)))),
          errorMessage(first.error),
        ]),
    ...notes,
  ];
  const atPath = saved.flatMap(({ item, outcome }) => {
    const [file] = outcome.files.map((uri) => Uri.parse(uri));
    return file !== undefined && isSameFile(file, item.file) ? [file] : [];
  });
  const { undo } = purchase;
  const actions = [
    { label: l10n.t("Show Pictures"), run: () => services.revealPictures.fire() },
    ...(undo === undefined || atPath.length === 0 ? [] : [{ label: l10n.t("Undo"), run: () => undo(atPath) }]),
  ];
  // Not awaited: the message may stay open for hours.
  void (sentences.length > 1
    ? notifyWarning(joinSentences(...sentences), ...actions)
    : notify(sentences.join(""), ...actions));
}
