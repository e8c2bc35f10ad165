import { l10n } from "vscode";
import { expectedFile } from "../../core/files/keep.ts";
import { isPending, type Job } from "../../core/jobs/job.ts";
import type { Services } from "../services.ts";
import { uriKey } from "../workspace/fileUri.ts";
import { shownPath } from "../workspace/workspaceFolders.ts";
import type { ImageRow } from "./imageRow.ts";

/** Whether a picture of the job may still be saved. One of unknown outcome may be bought. */
const maySave = (job: Job): boolean => isPending(job) || (job.state === "unknown" && job.forgotten !== true);

/** Keys of the files that jobs are making, or have made and could not save yet. */
export async function filesBeingMade({ jobs }: Pick<Services, "jobs">): Promise<ReadonlySet<string>> {
  await jobs.journal.load();
  const pending = jobs.journal.list().filter(maySave);
  return new Set(pending.flatMap((job) => expectedFile(job) ?? []).map((uri) => uriKey(uri)));
}

/**
 * The rows whose images are still needed, and sentences on the others: the list may have been open
 * for hours.
 *
 * @param reasonNotToMake why the file of a row is not to be written any more.
 */
export async function neededRows(
  services: Pick<Services, "jobs">,
  rows: readonly ImageRow[],
  reasonNotToMake: (row: ImageRow) => Promise<string | undefined>,
) {
  // Jobs first: one that ends now has saved its file then.
  const beingMade = await filesBeingMade(services);
  const reasonOf = async (row: ImageRow) =>
    beingMade.has(uriKey(row.file))
      ? l10n.t("{0} is being made or saved already and was not made again.", shownPath(row.file))
      : reasonNotToMake(row);
  const reasons = await Promise.all(rows.map(reasonOf));
  return {
    needed: rows.filter((_, index) => reasons[index] === undefined),
    notes: reasons.flatMap((reason) => reason ?? []),
  };
}
