import { env, Uri } from "vscode";
import type { Job } from "../../core/job.ts";
import { choiceOf } from "../../core/safety.ts";
import type { DraftFields } from "../../protocol.ts";
import { ensureAddress } from "../keyAddress.ts";
import { shownPath } from "../places.ts";
import { candidateOf } from "../references.ts";
import { forget } from "../unfinished.ts";
import { type Desk, findJob, type Handlers } from "./desk.ts";
import { buy } from "./draftIntents.ts";
import { noteFill, noteTrouble } from "./notes.ts";
import { orderOfJob } from "./order.ts";

/** The settings of a job as fields of a draft. */
function fieldsOf({ request, target }: Job): DraftFields {
  const { prompt, shape, count, format, quality, ttl, outputType, deliveryMethod, safety } = request;
  return {
    ...{ prompt, shape, count, format, quality, outputType, deliveryMethod },
    // What was not checked is not to be checked now because the settings have changed.
    safety: choiceOf(safety),
    ...(ttl === undefined ? {} : { ttl }),
    ...(target.folder === "" ? {} : { path: shownPath(Uri.joinPath(Uri.parse(target.folder), target.name)) }),
  };
}

/** The job's reference images come along where the draft has none of its own. What is gone is told, and the rest is filled in. */
async function adoptReferences({ services, notes }: Desk, { request }: Job): Promise<void> {
  const { references } = services;
  await references.restore();
  if (references.current.references.length > 0) {
    return;
  }
  try {
    await references.add(request.references.map(candidateOf));
  } catch (error) {
    noteTrouble(notes, error);
  }
}

/** The queue: what can be done about a job. */
export const jobIntents = {
  stopWaiting: async ({ services }, { job }) => services.jobs.stop(job),
  withdraw: async ({ services }, { job }) => services.jobs.withdraw(job),
  copyTaskUuid: async (desk, { job }) => env.clipboard.writeText(findJob(desk, job).taskUUID),
  checkAgain: async (desk, { job: id }) => {
    const { endpoint } = findJob(desk, id);
    await ensureAddress(desk.services, endpoint);
    await desk.services.jobs.check(id, desk.closing).catch((error: unknown) => {
      // What became of the job is shown by the job; only what kept it from being asked is news.
      if (desk.services.jobs.journal.get(id)?.state !== "unknown") {
        throw error;
      }
    });
  },
  tryAgain: (desk, { press, job }) =>
    desk.presses.accept({ id: press, job }, `try again ${job}`, () =>
      desk.presses.inTurn(async () => buy(desk, await orderOfJob(desk.services, findJob(desk, job)))),
    ),
  forget: async (desk, { job }) => forget(desk.services, findJob(desk, job)),
  reuse: async (desk, { job: id }) => {
    const job = findJob(desk, id);
    await adoptReferences(desk, job);
    noteFill(desk.notes, fieldsOf(job), { focus: "prompt", whole: true });
  },
} as const satisfies Handlers<
  "stopWaiting" | "withdraw" | "copyTaskUuid" | "checkAgain" | "tryAgain" | "forget" | "reuse"
>;
