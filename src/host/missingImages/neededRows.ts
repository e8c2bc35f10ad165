import { l10n } from "vscode";
import { expectedFile } from "../../core/files/keep.ts";
import { isUnfinished } from "../../core/jobs/job.ts";
import type { Services } from "../services.ts";
import { uriKey } from "../workspace/fileUri.ts";
import { shownPath } from "../workspace/workspaceFolders.ts";
import type { ImageRow } from "./imageRow.ts";

/**
 * Keys of the files that jobs are making, in this window or another, or have made and could not
 * download or save yet. A job of unknown outcome may have been bought.
 */
export async function filesBeingMade({ jobs }: Pick<Services, "jobs">): Promise<ReadonlySet<string>> {
  await jobs.journal.reload();
  const unfinished = jobs.journal.list().filter(isUnfinished);
  return new Set(unfinished.flatMap((job) => expectedFile(job) ?? []).map((uri) => uriKey(uri)));
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
    beingMade.has(uriKey(row.file))
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
