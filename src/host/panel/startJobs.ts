import { Uri } from "vscode";
import { isStopped, LimnError } from "../../core/errors.ts";
import type { Purchase } from "../../core/jobs/jobs.ts";
import type { JobRequest } from "../../core/request/request.ts";
import { confirmKeyOrigin } from "../connection/confirmKeyOrigin.ts";
import { journalErrorNote } from "../jobs/resultNotes.ts";
import { addSettingToError } from "../request/settingErrors.ts";
import type { PanelContext } from "./panelContext.ts";
import { setLastError } from "./panelState.ts";

/**
 * Starts the jobs of requests, all of them or none, and resolves as soon as they have started. Each
 * job shows its outcome itself; the form shows an error only if a job has none to show.
 */
export async function startJobs(context: PanelContext, jobRequests: readonly JobRequest[]): Promise<void> {
  const { services, closing } = context;
  await confirmKeyOrigin(services);
  const purchases = await services.jobs.startAll(jobRequests, closing).catch((error: unknown) => {
    const [first] = jobRequests;
    throw first === undefined ? error : addSettingToError(error, first.request, Uri.parse(first.target.folder));
  });
  for (const purchase of purchases.values()) {
    showOutcome(context, purchase);
  }
}

/** Shows the error of a job that has none to show itself. */
function showOutcome({ services, panelState, refresh }: PanelContext, { id, outcome }: Purchase): void {
  const { jobs, log } = services;
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
