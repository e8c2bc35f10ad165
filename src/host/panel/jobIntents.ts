import { env, Uri } from "vscode";
import type { Job } from "../../core/jobs/job.ts";
import { safetyChoiceOf } from "../../core/request/safety.ts";
import type { DraftFields } from "../../protocol.ts";
import { confirmKeyOrigin } from "../connection/confirmKeyOrigin.ts";
import { forgetJob } from "../jobs/unfinishedJobs.ts";
import { referenceSourceOf } from "../request/references.ts";
import { shownPath } from "../workspace/workspaceFolders.ts";
import { startJob } from "./draft/draftIntents.ts";
import { jobRequestOfJob } from "./draft/jobRequest.ts";
import { findJob, type IntentHandlers, type PanelContext } from "./panelContext.ts";
import { setFill, setTrouble } from "./panelState.ts";

/** The settings of a job as fields of a draft. */
function draftFieldsOf({ request, target }: Job): DraftFields {
  const { prompt, shape, count, format, quality, ttl, outputType, deliveryMethod, safety } = request;
  return {
    ...{ prompt, shape, count, format, quality, outputType, deliveryMethod },
    // What was not checked is not to be checked now because the settings have changed.
    safety: safetyChoiceOf(safety),
    ...(ttl === undefined ? {} : { ttl }),
    ...(target.folder === "" ? {} : { path: shownPath(Uri.joinPath(Uri.parse(target.folder), target.name)) }),
  };
}

/**
 * The job's reference images come along where the draft has none of its own. What is gone is told,
 * and the rest is filled in.
 */
async function addReferencesOfJob({ services, panelState }: PanelContext, { request }: Job): Promise<void> {
  const { draftReferences: references } = services;
  await references.restore();
  if (references.current.references.length > 0) {
    return;
  }
  try {
    await references.add(request.references.map(referenceSourceOf));
  } catch (error) {
    setTrouble(panelState, error);
  }
}

/** The queue: what can be done about a job. */
export const jobIntents = {
  stopWaiting: async ({ services }, { job }) => services.jobs.stop(job),
  withdraw: async ({ services }, { job }) => services.jobs.withdraw(job),
  copyTaskUuid: async (context, { job }) => env.clipboard.writeText(findJob(context, job).taskUUID),
  checkAgain: async (context, { job: id }) => {
    const { endpoint } = findJob(context, id);
    await confirmKeyOrigin(context.services, endpoint);
    await context.services.jobs.checkAgain(id, context.closing).catch((error: unknown) => {
      // What became of the job is shown by the job; only what kept it from being asked is news.
      if (context.services.jobs.journal.get(id)?.state !== "unknown") {
        throw error;
      }
    });
  },
  tryAgain: (context, { press, job }) =>
    context.presses.accept({ id: press, job }, `try again ${job}`, () =>
      context.presses.enqueue(async () =>
        startJob(context, await jobRequestOfJob(context.services, findJob(context, job))),
      ),
    ),
  forget: async (context, { job }) => forgetJob(context.services, findJob(context, job)),
  reuse: async (context, { job: id }) => {
    const job = findJob(context, id);
    await addReferencesOfJob(context, job);
    setFill(context.panelState, draftFieldsOf(job), { focus: "prompt", replacesDraft: true });
  },
} as const satisfies IntentHandlers<
  "stopWaiting" | "withdraw" | "copyTaskUuid" | "checkAgain" | "tryAgain" | "forget" | "reuse"
>;
