import { env, Uri } from "vscode";
import type { Job } from "../../core/jobs/job.ts";
import { findModel } from "../../core/models/findModel.ts";
import { knownFields } from "../../core/request/knownRequest.ts";
import { toRequestField } from "../../core/request/requestFields.ts";
import { safetyChoiceOf } from "../../core/request/safety.ts";
import type { DraftFields } from "../../protocol.ts";
import { confirmKeyOrigin } from "../connection/confirmKeyOrigin.ts";
import { makeUnmade } from "../jobs/makeUnmade.ts";
import { savedSince } from "../jobs/recoveryResult.ts";
import { forgetJob } from "../jobs/unfinishedJobs.ts";
import { referenceSourceOf } from "../request/references.ts";
import { shownPath } from "../workspace/workspaceFolders.ts";
import { referenceId } from "./draft/draftReferences.ts";
import { jobRequestOfJob } from "./draft/jobRequest.ts";
import { findJob } from "./findPicture.ts";
import type { IntentHandlers, PanelContext } from "./panelContext.ts";
import { setDraftUpdate, setLastError } from "./panelState.ts";
import { exportKept } from "./pictures/exportKept.ts";
import { startJobs } from "./startJobs.ts";

/** The request of a job as fields of a draft. */
function draftFieldsOf({ model, request, target }: Job): DraftFields {
  const { prompt, count, quality, safety, exportTarget, promptHint } = request;
  const { shape, format } = knownFields(request);
  return {
    model,
    prompt,
    count,
    quality,
    // A value of a later version of Limn is left to the user.
    ...(shape === undefined ? {} : { shape }),
    ...(format === undefined ? {} : { format }),
    ...(exportTarget === undefined ? {} : { exportTarget, hint: promptHint !== undefined }),
    // Always set, so that changed settings do not switch the check on or off.
    safety: safetyChoiceOf(safety),
    ...(target.folder === "" ? {} : { path: shownPath(Uri.joinPath(Uri.parse(target.folder), target.name)) }),
  };
}

/**
 * Adds the reference images of a job if the draft has none, and returns their ids. Shows an error
 * if one of them cannot be used.
 */
async function addReferencesOfJob({ services, panelState }: PanelContext, { request }: Job): Promise<string[]> {
  const { draftReferences } = services;
  await draftReferences.restore();
  if (draftReferences.current.references.length > 0) {
    return [];
  }
  try {
    await draftReferences.add(request.references.map(referenceSourceOf));
  } catch (error) {
    setLastError(panelState, error);
  }
  return draftReferences.current.references.map(referenceId);
}

/** Intents on one job. */
export const jobIntents = {
  stopWaiting: async ({ services }, { job }) => services.jobs.stop(job),
  withdraw: async ({ services }, { job }) => services.jobs.withdraw(job),
  copyTaskUuid: async (context, { job }) => env.clipboard.writeText(findJob(context, job).taskUUID),
  checkAgain: async (context, { job: id }) => {
    const { jobs } = context.services;
    await confirmKeyOrigin(context.services, findJob(context, id).endpoint);
    const before = findJob(context, id);
    // After a double click, or if a list waits for the job, only the first writes its files.
    const wasFollowed = jobs.isFollowed(id);
    const ended = await jobs.checkAgain(id, context.closing).catch((error: unknown) => {
      // The job itself shows its state; an error is shown only if its state is still unknown.
      if (jobs.journal.get(id)?.state !== "unknown") {
        throw error;
      }
      return undefined;
    });
    // The list that the draft was rendered from does not wait for the job any more.
    if (!wasFollowed && ended?.job.target.replacesDraft === true) {
      const { job } = ended;
      await exportKept(
        context,
        savedSince(before, job).map((uri) => ({ job, uri })),
      );
    }
  },
  tryAgain: (context, { press, job }) =>
    context.presses.accept({ id: press, job }, `try again ${job}`, () =>
      context.presses.enqueue(async () =>
        startJobs(context, [await jobRequestOfJob(context.services, findJob(context, job))]),
      ),
    ),
  makeUnmade: (context, { press, job: id }) =>
    context.presses.accept({ id: press, job: id }, `makeUnmade:${id}`, () =>
      context.presses.enqueue(() =>
        makeUnmade(context.services, findJob(context, id), (jobRequest) => startJobs(context, [jobRequest])),
      ),
    ),
  makeMore: (context, { press, job: id, in2k }) =>
    context.presses.accept({ id: press, job: id }, `makeMore:${id}:${in2k}`, () =>
      context.presses.enqueue(async () => {
        const jobRequest = await jobRequestOfJob(context.services, findJob(context, id), { in2k });
        await startJobs(context, [jobRequest]);
      }),
    ),
  dismissUnmade: async (context, { job }) => {
    await context.services.jobs.setUnmadeSettled(findJob(context, job).taskUUID, true);
  },
  forget: async (context, { job }) => forgetJob(context.services, findJob(context, job)),
  reuse: async (context, { job: id }) => {
    const job = findJob(context, id);
    const { tool } = job.request;
    if (tool !== undefined) {
      // The form cannot make such a request.
      const { askAgain } = await import("../tools/toolRequests.ts");
      await startJobs(context, [await askAgain(context.services, job, tool)]);
      return;
    }
    const model = findModel(context.services.family, job.model);
    // If Limn does not know the model, the form shows that, and the user chooses another one there.
    await (model === undefined ? undefined : context.services.draftReferences.useModel(model));
    const references = await addReferencesOfJob(context, job);
    const failedField = job.state === "failed" ? toRequestField(job.failures[0]?.field) : undefined;
    const focus = failedField ?? "prompt";
    setDraftUpdate(context.panelState, draftFieldsOf(job), { focus, replacesDraft: true, references });
  },
} as const satisfies IntentHandlers<
  | "stopWaiting"
  | "withdraw"
  | "copyTaskUuid"
  | "checkAgain"
  | "tryAgain"
  | "makeUnmade"
  | "makeMore"
  | "dismissUnmade"
  | "forget"
  | "reuse"
>;
