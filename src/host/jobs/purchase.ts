import { l10n, Uri } from "vscode";
import type { JobChangeListener } from "../../core/jobs/followedJobs.ts";
import { unkeptPictures } from "../../core/jobs/job.ts";
import type { Outcome } from "../../core/jobs/jobs.ts";
import type { JobRequest, StoredRequest } from "../../core/request/request.ts";
import { findTool } from "../../core/tools/tools.ts";
import type { TrackedPosition } from "../links/trackedPosition.ts";
import { addSettingToError } from "../request/settingErrors.ts";
import type { Services } from "../services.ts";
import { promptExcerpt } from "../ui/promptExcerpt.ts";
import { withJobProgress } from "./jobProgress.ts";
import { unmadeActions } from "./makeUnmade.ts";
import { notifyOutcome } from "./notifyOutcome.ts";
import { notifyUnkeptPictures } from "./unkeptPictures.ts";

/**
 * Waits for a job with a notification, then keeps its pictures. Asks the user to choose if the
 * request requires it.
 */
export async function waitAndKeep(
  services: Services,
  request: Pick<StoredRequest, "prompt" | "count" | "tool">,
  linkPosition: TrackedPosition | undefined,
  run: (signal: AbortSignal, onUpdate: JobChangeListener) => Promise<Outcome>,
): Promise<{ files: readonly string[]; cost: number | undefined }> {
  const name = request.tool && findTool(request.tool)?.name();
  const title = l10n.t("Limn: {0}", [...(name === undefined ? [] : [name]), promptExcerpt(request.prompt)].join(": "));
  const outcome = await withJobProgress(title, request.count, run);
  const { job, cost } = outcome;
  const isChoiceNeeded = job.target.keep === "ask" && unkeptPictures(job).length > 0;
  const files = isChoiceNeeded
    ? await (await import("./choosePictures.ts")).chooseAndKeep(services, job)
    : outcome.files;
  const currentJob = services.jobs.journal.get(job.taskUUID) ?? job;
  if (files.length > 0 || !isChoiceNeeded) {
    const { keep } = currentJob.target;
    const unmade = unmadeActions(services, currentJob, ({ settled: _, ...jobRequest }, onStarted) =>
      purchase(services, { ...jobRequest, target: { ...jobRequest.target, keep } }, undefined, onStarted),
    );
    await notifyOutcome(services, currentJob, files, linkPosition, unmade);
  } else {
    linkPosition?.dispose();
    // The choice is still open, so the user must be able to find it again.
    notifyUnkeptPictures(services, currentJob);
  }
  return { files, cost };
}

/**
 * Buys pictures and keeps them; calls `onStarted` with the job's id once it is started. Rejects
 * with a `LimnError`.
 */
export const purchase = (
  services: Services,
  jobRequest: JobRequest,
  linkPosition: TrackedPosition | undefined,
  onStarted: (id: string) => void = () => undefined,
) =>
  waitAndKeep(services, jobRequest.request, linkPosition, async (signal, onUpdate) => {
    try {
      const { id, outcome } = await services.jobs.start(jobRequest, signal, onUpdate);
      onStarted(id);
      return await outcome;
    } catch (error) {
      throw addSettingToError(error, jobRequest.request, Uri.parse(jobRequest.target.folder));
    }
  });
