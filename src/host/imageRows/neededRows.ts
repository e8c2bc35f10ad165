import { l10n, Uri } from "vscode";
import { expectedFile } from "../../core/files/keep.ts";
import { isUnfinished } from "../../core/jobs/job.ts";
import type { Services } from "../services.ts";
import { realFileKey } from "../workspace/realFileKey.ts";
import { shownPath } from "../workspace/workspaceFolders.ts";
import type { ImageRow } from "./imageRow.ts";

/**
 * Keys of the files that jobs are making, in this window or another, or have made and could not
 * download or save yet. A job of unknown outcome may have been bought.
 */
async function filesBeingMade({ jobs }: Pick<Services, "jobs">): Promise<ReadonlySet<string>> {
  await jobs.journal.reload();
  const files = jobs.journal.list().flatMap((job) => (isUnfinished(job) ? (expectedFile(job) ?? []) : []));
  return new Set(await Promise.all(files.map((uri) => realFileKey(Uri.parse(uri)))));
}

/**
 * The items whose files no job makes or has made, and the number of other files. Each file counts
 * once, also if links lead to it by several paths.
 */
export async function itemsToMake<Item>(
  services: Pick<Services, "jobs">,
  items: readonly Item[],
  fileOf: (item: Item) => Uri,
) {
  const beingMade = await filesBeingMade(services);
  const keys = await Promise.all(items.map((item) => realFileKey(fileOf(item))));
  const toMake = items.filter((_, index) => {
    const key = keys[index] ?? "";
    return !beingMade.has(key) && keys.indexOf(key) === index;
  });
  return { items: toMake, making: new Set(keys).size - toMake.length };
}

/** Why the file of a row is not to be written any more; `undefined` if it is. */
export type ReasonNotToMake = (row: ImageRow) => Promise<string | undefined>;

/** Rows of a list that are still needed. */
export interface NeededRows {
  readonly needed: readonly ImageRow[];
  /** Why others are not. */
  readonly notes: readonly string[];
}

/**
 * The rows whose images are still needed, and sentences on the others: the list may have been open
 * for hours.
 */
export async function neededRows(
  services: Pick<Services, "jobs">,
  rows: readonly ImageRow[],
  reasonNotToMake: ReasonNotToMake,
): Promise<NeededRows> {
  // Jobs first: one that ends now has saved its file then.
  const beingMade = await filesBeingMade(services);
  const reasonOf = async (row: ImageRow) =>
    beingMade.has(await realFileKey(row.file))
      ? l10n.t(
          "{0} was not made again, because it is being made, or made and not saved yet: see “Limn: Show Unfinished Jobs”.",
          shownPath(row.file),
        )
      : reasonNotToMake(row);
  const reasons = await Promise.all(rows.map(reasonOf));
  return {
    needed: rows.filter((_, index) => reasons[index] === undefined),
    notes: reasons.flatMap((reason) => reason ?? []),
  };
}
