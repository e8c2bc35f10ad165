import { env, Uri } from "vscode";
import type { Job } from "../../core/job.ts";
import { choiceOf } from "../../core/safety.ts";
import type { DraftFields } from "../../protocol.ts";
import { ensureAddress } from "../keyAddress.ts";
import { shownPath } from "../places.ts";
import { forget } from "../unfinished.ts";
import { type Desk, findJob, type Handlers } from "./desk.ts";
import { buy } from "./draftIntents.ts";
import { noteFill, noteTrouble } from "./notes.ts";
import { orderOfJob } from "./order.ts";

/** The settings of a job as fields of a draft. */
function fieldsOf({ request, target }: Job): DraftFields {
  const { prompt, shape, count, format, quality, ttl, outputType, safety } = request;
  return {
    prompt,
    ...(shape === "like-reference" ? {} : { shape }),
    ...{ count, format, quality, outputType },
    ...(ttl === undefined ? {} : { ttl }),
    ...(safety === undefined ? {} : { safety: choiceOf(safety) }),
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
  const known = request.references.flatMap(({ label, source }) =>
    source === undefined ? [] : [{ label, uri: Uri.parse(source) }],
  );
  try {
    await references.add(known);
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
    noteFill(desk.notes, fieldsOf(job), "prompt");
  },
} as const satisfies Handlers<
  "stopWaiting" | "withdraw" | "copyTaskUuid" | "checkAgain" | "tryAgain" | "forget" | "reuse"
>;
