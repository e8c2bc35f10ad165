// Entry of dist/groupMessage.js, which is loaded when pictures are bought together.
import "../ui/l10nBundle.ts";
import { l10n, Uri } from "vscode";
import { isStopped, LimnError, stoppedError } from "../../core/errors.ts";
import { isUnfinished, type Job } from "../../core/jobs/job.ts";
import { joinSentences } from "../../core/text/sentences.ts";
import { errorMessage } from "../ui/errorMessage.ts";
import { listedNames } from "../ui/lists.ts";
import { isSameFile } from "../workspace/fileUri.ts";
import { shownPath } from "../workspace/workspaceFolders.ts";
import { costText } from "./costText.ts";
import type { ItemToMake } from "./neededItems.ts";
import { type JournalOfNotes, outcomeNotes } from "./resultNotes.ts";

/** An item whose job has ended. */
export interface EndedItem {
  readonly item: ItemToMake;
  /** Absent if it was removed. */
  readonly job: Job | undefined;
  /** URIs of the saved files. */
  readonly files: readonly string[];
  /** Why no file was saved, if the job says no more about it. */
  readonly error?: unknown;
}

/** What the message on a group depends on. */
interface GroupMessageOptions extends JournalOfNotes {
  /** The result, if there was more than one item. */
  readonly result: (made: number, count: number) => string;
  /** Sentences that the message ends with. */
  readonly notes: readonly string[];
}

/** The items of which nothing was saved, though the user has not stopped them. */
const failedItems = (ended: readonly EndedItem[]): readonly EndedItem[] =>
  ended.filter(({ files, error }) => files.length === 0 && !isStopped(error));

/** Names the files that were not saved, by reason. */
const failureSentences = (failed: readonly EndedItem[]): readonly string[] =>
  [...Map.groupBy(failed, ({ error }) => (error === undefined ? "" : errorMessage(error)))].flatMap(
    ([reason, items]) => [
      l10n.t("Not saved: {0}.", listedNames(items.map(({ item }) => shownPath(item.file)))),
      reason,
    ],
  );

/** A sentence on a picture that is not saved at its path, which is taken or of another format. */
const elsewhereNotes = ({ item: { file }, files: [saved] }: EndedItem): readonly string[] =>
  saved === undefined || isSameFile(saved, file)
    ? []
    : [l10n.t("{0} could not be used, so the image is {1}.", shownPath(file), shownPath(Uri.parse(saved)))];

/** What differs from the requests. Each sentence appears once, after the files that it is about. */
function differences(options: GroupMessageOptions, ended: readonly EndedItem[]): readonly string[] {
  const notes = ended.flatMap(({ item, job, files: [saved], error }) =>
    job === undefined || error !== undefined
      ? []
      : outcomeNotes(options, job).map((note) => ({
          note,
          name: shownPath(saved === undefined ? item.file : Uri.parse(saved)),
        })),
  );
  return [...Map.groupBy(notes, ({ note }) => note)].map(([note, group]) =>
    ended.length === 1 ? note : `${listedNames(group.map(({ name }) => name))}: ${note}`,
  );
}

/** The saved files, or their number, and the cost of all pictures that were made. */
function summary({ result }: GroupMessageOptions, ended: readonly EndedItem[]): readonly string[] {
  const paid = ended.flatMap(({ job }) => (job === undefined || job.pictures.length === 0 ? [] : [job]));
  const saved = ended.filter(({ files }) => files.length > 0);
  if (paid.length === 0 || (saved.length === 0 && ended.length === 1)) {
    return [];
  }
  const files = saved.flatMap((one) => one.files.map((file) => shownPath(Uri.parse(file))));
  const text = ended.length === 1 ? l10n.t("Saved {0}", listedNames(files)) : result(saved.length, ended.length);
  return [`${text} · ${costText(paid, saved.length)}`];
}

/** Where the pictures are that the user has stopped waiting for. Unsent requests are gone. */
function stoppedNotes(ended: readonly EndedItem[]): readonly string[] {
  const { length } = ended.filter(({ job, error }) => isStopped(error) && job !== undefined && isUnfinished(job));
  return length === 0
    ? []
    : [
        length === 1
          ? l10n.t("Limn has stopped waiting for 1 picture. “Limn: Show Unfinished Jobs” checks it again.")
          : l10n.t(
              "Limn has stopped waiting for {0} pictures. “Limn: Show Unfinished Jobs” checks them again.",
              length,
            ),
      ];
}

/** The sentences of the message on items that were bought together. */
export const groupSentences = (ended: readonly EndedItem[], options: GroupMessageOptions): readonly string[] => [
  ...summary(options, ended),
  ...ended.flatMap(elsewhereNotes),
  ...failureSentences(failedItems(ended)),
  ...stoppedNotes(ended),
  ...differences(options, ended),
  ...options.notes,
];

/**
 * The error of a group of which nothing was saved, with the sentences of its message. It is of the
 * kind of the first failure, so that its button is that one's. Without a failure, the user has
 * stopped them all.
 */
export function groupError(ended: readonly EndedItem[], sentences: readonly string[]): LimnError {
  const [first] = failedItems(ended);
  if (first === undefined) {
    return stoppedError();
  }
  const { error } = first;
  const known = error instanceof LimnError ? error : new LimnError("unexpected", "", { cause: error });
  return new LimnError(known.kind, joinSentences(...sentences), {
    ...known,
    mentionsBilling: true,
    cause: known.cause,
  });
}
