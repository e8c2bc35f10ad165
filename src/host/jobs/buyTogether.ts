import { l10n, Uri, window } from "vscode";
import { stoppedError } from "../../core/errors.ts";
import type { Job } from "../../core/jobs/job.ts";
import type { SelectNeeded } from "../../core/jobs/unsentGroup.ts";
import type { JobRequest } from "../../core/request/request.ts";
import { joinSentences } from "../../core/text/sentences.ts";
import { addSettingToError } from "../request/settingErrors.ts";
import type { Services } from "../services.ts";
import { notify, notifyWarning } from "../ui/notify.ts";
import { isSameFile } from "../workspace/fileUri.ts";
import type { EndedItem } from "./groupMessage.ts";
import { stopWaitingOptions } from "./jobProgress.ts";
import { beingMadeNote, type ItemToMake, type NeededItems, neededItems, type ReasonNotToMake } from "./neededItems.ts";

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

/** An item, and the file of its picture. */
interface SavedItem<Item> {
  readonly item: Item;
  readonly uri: Uri;
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
        bought.map(async ({ item, purchase: { id, outcome } }): Promise<EndedItem & { readonly item: Item }> => {
          try {
            const { job, files } = await outcome;
            return { item, job, files };
          } catch (error) {
            return { item, job: services.jobs.journal.get(id), files: [], error };
          } finally {
            ended++;
            report();
          }
        }),
      );
      // Only what was saved before is worth a message to a user who has stopped waiting.
      if (controller.signal.aborted && results.every(({ files }) => files.length === 0)) {
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

/**
 * Makes the pictures of the items. If some fail, the others are made all the same, and the message
 * names those that failed. Resolves to the files of those that were made; rejects with a
 * `LimnError` if nothing could be bought or made.
 */
export async function buyTogether<Item extends ItemToMake>(
  services: Services,
  purchase: GroupPurchase<Item>,
): Promise<readonly SavedItem<Item>[]> {
  // Before anything is bought, so that an error cannot come between a purchase and its message.
  const { groupError, groupSentences } = await import("./groupMessage.ts");
  const { results, notes } = await buyAll(services, purchase);
  if (results.length === 0) {
    void notify(notes.join(" "));
    return [];
  }
  const { jobs } = services;
  const sentences = groupSentences(results, { jobs, result: purchase.texts.result, notes });
  if (results.every(({ files }) => files.length === 0)) {
    throw groupError(results, sentences);
  }
  const saved = results.flatMap(({ item, files: [file] }) =>
    file === undefined ? [] : [{ item, uri: Uri.parse(file) }],
  );
  const atPath = saved.flatMap(({ item: { file }, uri }) => (isSameFile(uri, file) ? [file] : []));
  const { undo } = purchase;
  const actions = [
    { label: l10n.t("Show Pictures"), run: () => services.revealPictures.fire() },
    ...(undo === undefined || atPath.length === 0 ? [] : [{ label: l10n.t("Undo"), run: () => undo(atPath) }]),
  ];
  // Not awaited: the message may stay open for hours.
  void (sentences.length > 1
    ? notifyWarning(joinSentences(...sentences), ...actions)
    : notify(sentences.join(""), ...actions));
  return saved;
}
