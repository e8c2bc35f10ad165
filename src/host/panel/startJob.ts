import { Uri } from "vscode";
import { isStopped, LimnError } from "../../core/errors.ts";
import type { JobRequest } from "../../core/request/request.ts";
import { confirmKeyOrigin } from "../connection/confirmKeyOrigin.ts";
import { journalErrorNote } from "../jobs/resultNotes.ts";
import { addSettingToError } from "../request/settingErrors.ts";
import type { PanelContext } from "./panelContext.ts";
import { setLastError } from "./panelState.ts";

/**
 * Starts the job of a request and resolves as soon as it has started. The job itself shows its
 * outcome; the form shows an error only if the job has none to show.
 */
export async function startJob(
  { services, panelState, closing, refresh }: PanelContext,
  jobRequest: JobRequest,
): Promise<void> {
  const { jobs, log } = services;
  await confirmKeyOrigin(services);
  const { id, outcome } = await jobs.start(jobRequest, closing).catch((error: unknown) => {
    throw addSettingToError(error, jobRequest.request, Uri.parse(jobRequest.target.folder));
  });
  const finished = outcome.then(() => {
    const note = journalErrorNote(services, id);
    if (note !== undefined) {
      throw new LimnError("files", note);
    }
  });
  finished.catch((error: unknown) => {
    if (isStopped(error)) {
      return;
    }
    log.warn(`Job ${id} ended with an error: ${error instanceof Error ? error.message : String(error)}`);
    const job = jobs.journal.get(id);
    if (job?.state !== "unknown" && job?.failures.length === 0) {
      setLastError(panelState, error);
    }
    refresh();
  });
}
