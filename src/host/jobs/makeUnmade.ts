import { l10n } from "vscode";
import { LimnError } from "../../core/errors.ts";
import { type Job, unmadeCount } from "../../core/jobs/job.ts";
import { findModel } from "../../core/models/findModel.ts";
import { estimateCost } from "../../core/money/price.ts";
import { usesRealMoney } from "../../core/money/realMoney.ts";
import { formatUsd } from "../../core/money/usd.ts";
import { knownFields } from "../../core/request/knownRequest.ts";
import type { JobRequest } from "../../core/request/request.ts";
import { jobRequestOfJob } from "../panel/draft/jobRequest.ts";
import type { Services } from "../services.ts";
import type { NotificationAction } from "../ui/notify.ts";

/** Buys; calls `onStarted` once the job is stored. Rejects without that call if it is not. */
type Buy = (jobRequest: JobRequest, onStarted: () => void) => Promise<unknown>;

/**
 * Buys the pictures of a job that were not made. They count as dealt with before the purchase, so
 * that a crash or another window cannot buy them again.
 */
export async function makeUnmade(services: Services, job: Job, buy: Buy): Promise<void> {
  const { jobs } = services;
  const count = unmadeCount(jobs.journal.getOrThrow(job.taskUUID));
  if (count === 0) {
    throw new LimnError("input", l10n.t("The missing pictures of this job were made again, or dismissed."));
  }
  const jobRequest = await jobRequestOfJob(services, { ...job, request: { ...job.request, count } });
  await jobs.setUnmadeSettled(job.taskUUID, true);
  let isStarted = false;
  try {
    await buy(jobRequest, () => {
      isStarted = true;
    });
  } catch (error) {
    if (!isStarted) {
      await jobs.setUnmadeSettled(job.taskUUID, false);
    }
    throw error;
  }
}

/** The button of a notification that buys them, with their price; none if all were made. */
export function unmadeActions(services: Services, job: Job, buy: Buy): readonly NotificationAction[] {
  const count = unmadeCount(job);
  const model = findModel(services.family, job.model);
  const { shape } = knownFields(job.request);
  if (count === 0 || model === undefined || shape === undefined) {
    return [];
  }
  const name = count === 1 ? l10n.t("Make the Missing One") : l10n.t("Make the Missing {0}", count);
  const price = formatUsd(estimateCost(model, shape, count));
  const label = usesRealMoney(job) ? l10n.t("{0} · about {1}", name, price) : name;
  return [{ label, run: () => makeUnmade(services, job, buy) }];
}
