import { l10n, window } from "vscode";
import { LimnError } from "../../core/errors.ts";
import { expectedFile } from "../../core/files/keep.ts";
import { isPending, type Job } from "../../core/jobs/job.ts";
import { ensureEngine } from "../connection/ensureEngine.ts";
import { modelToBuyFrom } from "../request/modelSetting.ts";
import type { Services } from "../services.ts";
import { notify } from "../ui/notify.ts";
import { uriExists } from "../workspace/fileStat.ts";
import { uriKey } from "../workspace/fileUri.ts";
import { shownPath } from "../workspace/workspaceFolders.ts";
import { buyMissing } from "./buyMissing.ts";
import { chooseMissing, estimateOfRows } from "./chooseMissing.ts";
import { type FoundImage, type FoundImages, findInFile, findInWorkspace } from "./findMissingImages.ts";
import { type MissingRow, toRow } from "./missingRow.ts";

/** Whether a picture of the job may still be saved. One of unknown outcome may be bought. */
const maySave = (job: Job): boolean => isPending(job) || (job.state === "unknown" && job.forgotten !== true);

/** Keys of the files that jobs are making, or have made and could not save yet. */
async function filesBeingMade({ jobs }: Services): Promise<ReadonlySet<string>> {
  await jobs.journal.load();
  const pending = jobs.journal.list().filter(maySave);
  return new Set(pending.flatMap((job) => expectedFile(job) ?? []).map((uri) => uriKey(uri)));
}

/** Why the image of a row is not needed any more; `undefined` if it is. */
async function reasonNotToMake({ file }: MissingRow, beingMade: ReadonlySet<string>): Promise<string | undefined> {
  if (beingMade.has(uriKey(file))) {
    return l10n.t("{0} is being made or saved already and was not made again.", shownPath(file));
  }
  return (await uriExists(file)) ? l10n.t("{0} exists now and was not made.", shownPath(file)) : undefined;
}

/** The rows of the images that can be made, and why others cannot. */
async function toRows(services: Services, images: readonly FoundImage[]) {
  const model = modelToBuyFrom(services.family);
  const rows: MissingRow[] = [];
  const problems: LimnError[] = [];
  for (const image of images) {
    try {
      rows.push(await toRow(services, model, image));
    } catch (error) {
      if (!(error instanceof LimnError)) {
        throw error;
      }
      problems.push(error);
    }
  }
  return { model, rows, problems };
}

/**
 * Lists missing images, asks which to make, and makes them. `place` names where they were looked
 * for.
 */
async function generateAll(services: Services, found: FoundImages, place: string, showsDocument: boolean) {
  const beingMade = await filesBeingMade(services);
  const images = found.images.filter(({ file }) => !beingMade.has(uriKey(file)));
  const making = found.images.length - images.length;
  const { model, rows, problems } = await toRows(services, images);
  const leftOut = [
    ...(making > 0 ? [l10n.t("being made or saved: {0}", making)] : []),
    ...(problems.length > 0 ? [l10n.t("cannot be saved: {0}", problems.length)] : []),
    ...found.leftOut,
  ];
  const [problem] = problems;
  if (rows.length === 0) {
    if (problem !== undefined) {
      throw problem;
    }
    const none = l10n.t("No PNG, JPEG or WebP image is missing in {0}", place);
    void notify(leftOut.length === 0 ? `${none}.` : `${none} (${leftOut.join("; ")}).`);
    return;
  }
  const chosen = await chooseMissing(rows, { model, leftOut, showsDocument });
  await ensureEngine(services, estimateOfRows(chosen, model));
  // The list may have been open for hours. Jobs first: one that ends now has saved its file then.
  const nowBeingMade = await filesBeingMade(services);
  const reasons = await Promise.all(chosen.map((row) => reasonNotToMake(row, nowBeingMade)));
  const missing = chosen.filter((_, index) => reasons[index] === undefined);
  const notes = reasons.flatMap((reason) => reason ?? []);
  if (missing.length === 0) {
    void notify(notes.join(" "));
    return;
  }
  await buyMissing(services, model, missing, notes);
}

/** Makes the images that the document in front links to and that do not exist. */
export async function generateAllMissingInFile(services: Services): Promise<void> {
  const file = window.activeNotebookEditor?.notebook ?? window.activeTextEditor?.document;
  if (file === undefined) {
    throw new LimnError(
      "input",
      l10n.t("No document is open. Open one that links to images, then run the command again."),
    );
  }
  await generateAll(services, await findInFile(file), shownPath(file.uri), false);
}

/** Makes the images that documents of the workspace link to and that do not exist. */
export const generateAllMissingInWorkspace = async (services: Services): Promise<void> =>
  generateAll(services, await findInWorkspace(), l10n.t("the workspace"), true);
