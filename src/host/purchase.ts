import { l10n, Uri } from "vscode";
import { type Job, unkept } from "../core/job.ts";
import type { Hear, Outcome } from "../core/jobs.ts";
import type { Order } from "../core/request.ts";
import { choosePictures } from "./choose.ts";
import type { Origin } from "./insertLink.ts";
import { namingSetting } from "./namedSetting.ts";
import { announce } from "./outcome.ts";
import { plain } from "./plain.ts";
import { withJobProgress } from "./progress.ts";
import type { Services } from "./services.ts";
import { tellWaiting } from "./waitingPictures.ts";

/** Characters of a prompt that stand for it in a title. */
const excerptLength = 40;

/** The beginning of a prompt, on one line. */
export function excerpt(prompt: string): string {
  const characters = [...plain(prompt).replace(/\s+/g, " ")];
  return characters.length <= excerptLength
    ? characters.join("")
    : `${characters.slice(0, excerptLength).join("").trimEnd()}…`;
}

/**
 * Lets a person choose among the pictures of a job and keeps the chosen ones. Gives the URIs of the files; none where a person leaves
 * with Escape, and then nothing is decided: “Limn: Show Unfinished Jobs” asks again.
 */
export async function chooseAndKeep(services: Services, job: Job): Promise<readonly string[]> {
  const chosen = await choosePictures(services, job, unkept(job));
  if (chosen.length === 0) {
    return [];
  }
  const files: string[] = [];
  for (const picture of chosen) {
    files.push(await services.jobs.keep(job.taskUUID, picture));
  }
  await services.jobs.settle(job.taskUUID);
  return files;
}

/** Waits for a job under a notification, then brings its pictures home: chosen by the person where the order says so. */
export async function accompany(
  services: Services,
  about: { readonly prompt: string; readonly count: number },
  origin: Origin | undefined,
  run: (signal: AbortSignal, hear: Hear) => Promise<Outcome>,
): Promise<{ files: readonly string[]; cost: number | undefined }> {
  const title = l10n.t("Limn: {0}", excerpt(about.prompt));
  const outcome = await withJobProgress(title, about.count, run);
  const { job, cost } = outcome;
  const asks = job.target.keep === "ask" && unkept(job).length > 0;
  const files = asks ? await chooseAndKeep(services, job) : outcome.files;
  const now = services.jobs.journal.get(job.taskUUID) ?? job;
  if (files.length > 0 || !asks) {
    await announce(services, now, files, origin);
  } else {
    origin?.dispose();
    // Escape decides nothing, and what is paid for must be found again.
    tellWaiting(services, now);
  }
  return { files, cost };
}

/** Buys what was ordered and sees it through to the workspace; calls `started` once it is under way. Rejects with a `LimnError`. */
export const purchase = (
  services: Services,
  order: Order,
  origin: Origin | undefined,
  started: () => void = () => undefined,
) =>
  accompany(services, order.request, origin, async (signal, hear) => {
    try {
      const { outcome } = await services.jobs.start(order, signal, hear);
      started();
      return await outcome;
    } catch (error) {
      throw namingSetting(error, order.request, Uri.parse(order.target.folder));
    }
  });

/** Runs what a link may be inserted after. The place is disposed if that fails: then there is no link. */
export async function withOrigin<Result>(
  origin: Origin | undefined,
  run: (origin: Origin | undefined) => Promise<Result>,
): Promise<Result> {
  try {
    return await run(origin);
  } catch (error) {
    origin?.dispose();
    throw error;
  }
}
