import { l10n, ProgressLocation, window } from "vscode";
import { isStopped, LimnError } from "../../../core/errors.ts";
import { forEachConcurrently } from "../../../core/forEachConcurrently.ts";
import type { Marks } from "../../../core/jobs/job.ts";
import type { ManyAction } from "../../../core/sheet/manyPictures.ts";
import { joinSentences } from "../../../core/text/sentences.ts";
import type { ToolId } from "../../../core/tools/tool.ts";
import type { PictureRef } from "../../../protocol.ts";
import { doEach } from "../../ui/doEach.ts";
import { errorMessage } from "../../ui/errorMessage.ts";
import { promptExcerpt } from "../../ui/promptExcerpt.ts";
import { findPicture, type VaultPicture } from "../findPicture.ts";
import type { IntentHandlers, PanelContext } from "../panelContext.ts";
import { lastDiscards, recordDiscard, removeDiscards } from "../panelState.ts";
import { startJobs } from "../startJobs.ts";
import { exportKept, type KeptPicture } from "./exportKept.ts";
import { pictureKeeper } from "./keepPicture.ts";
import { picturesToExport } from "./picturesToExport.ts";

/** From this number on, a notification shows the progress, and can stop it. */
const manyForProgress = 20;
/** Maximum number of failures that the message describes. */
const describedFailures = 3;
/** Pictures whose marks are written at the same time. */
const concurrentMarks = 8;

/** What is done with each picture, and its texts. */
interface Step {
  readonly title: string;
  /** Says how many of how many pictures failed. */
  readonly failure: (failed: number, total: number) => string;
  readonly concurrency: number;
  readonly run: (found: VaultPicture) => Promise<unknown>;
}

/** Shows the progress of many; returns whether the user has stopped it. */
type Progress = (count: number) => boolean;

function withProgress(title: string, total: number, work: (progress: Progress) => Promise<void>): Promise<void> {
  if (total <= manyForProgress) {
    return work(() => false);
  }
  const options = { location: ProgressLocation.Notification, title, cancellable: true };
  return Promise.resolve(
    window.withProgress(options, (progress, token) =>
      work((count) => {
        progress.report({ message: l10n.t("{0} of {1}", count, total), increment: 100 / total });
        return token.isCancellationRequested;
      }),
    ),
  );
}

/** A sentence on a picture that failed. Its job may not exist any more. */
function describeFailure({ services }: PanelContext, { job: id, picture }: PictureRef, error: unknown): string {
  const job = services.jobs.journal.get(id);
  const number = (job?.pictures.findIndex((one) => one.id === picture) ?? -1) + 1;
  return job === undefined || number === 0
    ? errorMessage(error)
    : l10n.t("Picture {0} of “{1}”: {2}", number, promptExcerpt(job.request.prompt), errorMessage(error));
}

/**
 * Does a step with each picture, and goes on after a failure. Throws the error of a single picture,
 * or a `LimnError` that says which ones failed and why.
 */
async function doWithEach(context: PanelContext, refs: readonly PictureRef[], step: Step): Promise<void> {
  const failures: string[] = [];
  let count = 0;
  await withProgress(step.title, refs.length, async (progress) => {
    await forEachConcurrently(refs, step.concurrency, async (ref) => {
      if (progress(count)) {
        return;
      }
      try {
        await step.run(findPicture(context, ref));
      } catch (error) {
        if (refs.length === 1) {
          throw error;
        }
        failures.push(...(isStopped(error) ? [] : [describeFailure(context, ref, error)]));
      }
      count++;
      context.refresh();
    });
  });
  if (failures.length > 0) {
    const others = failures.length - describedFailures;
    throw new LimnError(
      "files",
      joinSentences(
        step.failure(failures.length, refs.length),
        ...failures.slice(0, describedFailures),
        ...(others > 0 ? [l10n.t("The same for {0} more.", others)] : []),
      ),
    );
  }
}

/**
 * Keeps the pictures that are not kept yet, one after the other: so their numbers follow. Then the
 * files of their targets are written.
 */
async function keepAll(context: PanelContext, refs: readonly PictureRef[]): Promise<void> {
  const keep = pictureKeeper(context);
  const kept: KeptPicture[] = [];
  const keepEach = () =>
    doWithEach(context, refs, {
      title: l10n.t("Keeping {0} pictures", refs.length),
      failure: (failed, total) =>
        l10n.t("{0} of {1} pictures could not be kept. They are still in the panel.", failed, total),
      concurrency: 1,
      run: async (found) => {
        if (found.picture.kept.length === 0) {
          kept.push({ job: found.job, uri: await keep(found) });
        }
      },
    });
  await doEach([keepEach, () => exportKept(context, kept)]);
}

/** Exports the pictures as one export. Those that are not kept yet are not kept by it. */
async function exportAll(context: PanelContext, refs: readonly PictureRef[]): Promise<void> {
  const pictures = await picturesToExport(context, refs);
  const { exportPictures } = await import("../../export/exportImages.ts");
  await exportPictures(context.services, pictures);
}

/** Changes the marks of pictures; `onChanged` is called for each that had other ones. */
function markAll(
  context: PanelContext,
  refs: readonly PictureRef[],
  changes: Marks,
  onChanged?: (ref: PictureRef) => void,
): Promise<void> {
  return doWithEach(context, refs, {
    title: l10n.t("Changing {0} pictures", refs.length),
    failure: (failed, total) => l10n.t("{0} of {1} pictures could not be changed.", failed, total),
    concurrency: concurrentMarks,
    run: async ({ job, picture }) => {
      await context.services.jobs.setMarks(job.taskUUID, picture.id, changes);
      if (picture.discarded !== changes.discarded) {
        onChanged?.({ job: job.taskUUID, picture: picture.id });
      }
    },
  });
}

/** Discards the pictures; one undo restores them all. */
async function discardAll(context: PanelContext, refs: readonly PictureRef[]): Promise<void> {
  const discarded: PictureRef[] = [];
  try {
    await markAll(context, refs, { discarded: true }, (ref) => discarded.push(ref));
  } finally {
    recordDiscard(context.panelState, discarded);
  }
}

/** Restores discarded pictures. */
export function restoreAll(context: PanelContext, refs: readonly PictureRef[]): Promise<void> {
  return markAll(context, refs, { discarded: false }, (ref) =>
    removeDiscards(context.panelState, (entry) => entry.job === ref.job && entry.picture === ref.picture),
  );
}

/** Asks what a tool should make of the pictures, and buys the results together. */
const useTool =
  (tool: ToolId) =>
  async (context: PanelContext, refs: readonly PictureRef[]): Promise<void> => {
    const { askForPictures } = await import("../../tools/toolRequests.ts");
    const pictures = refs.map((ref) => findPicture(context, ref));
    await startJobs(context, await askForPictures(context.services, tool, pictures));
  };

const actions: Readonly<Record<ManyAction, (context: PanelContext, pictures: readonly PictureRef[]) => Promise<void>>> =
  {
    keep: keepAll,
    discard: discardAll,
    restore: restoreAll,
    star: (context, pictures) => markAll(context, pictures, { starred: true }),
    unstar: (context, pictures) => markAll(context, pictures, { starred: false }),
    export: exportAll,
    removeBackground: useTool("removeBackground"),
    upscale: useTool("upscale"),
  };

/** Intents on several pictures. */
export const manyPicturesIntents = {
  actOnMany: (context, { action, pictures }) => {
    const unique = new Map(pictures.map((ref) => [`${ref.job} ${ref.picture}`, ref]));
    return actions[action](context, [...unique.values()]);
  },
  undoDiscard: (context) => {
    const { journal } = context.services.jobs;
    const discards = lastDiscards(
      context.panelState,
      (id) => journal.get(id),
      (file) => context.vaultIndex.has(file),
    );
    return restoreAll(
      context,
      discards.map(({ job, picture }) => ({ job, picture })),
    );
  },
} as const satisfies IntentHandlers<"actOnMany" | "undoDiscard">;
