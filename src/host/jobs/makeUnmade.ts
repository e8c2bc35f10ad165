import { l10n } from "vscode";
import { LimnError } from "../../core/errors.ts";
import { type Job, unmadeCount } from "../../core/jobs/job.ts";
import { findModel } from "../../core/models/findModel.ts";
import { estimateCost } from "../../core/money/price.ts";
import { formatUsd } from "../../core/money/usd.ts";
import { knownFields } from "../../core/request/knownRequest.ts";
import type { JobRequest } from "../../core/request/request.ts";
import { engineToShow } from "../connection/engineSetting.ts";
import { ensureEngine } from "../connection/ensureEngine.ts";
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
  const count = await jobs.claimUnmade(job.taskUUID);
  if (count === 0) {
    throw new LimnError("input", l10n.t("The missing pictures of this job were made again, or dismissed."));
  }
  let isStarted = false;
  try {
    const jobRequest = await jobRequestOfJob(services, { ...job, request: { ...job.request, count } });
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
  const price = estimateCost(model, shape, count);
  // The service in use decides what it costs, not the one that the job was sent to.
  const isFree = engineToShow() === "sandbox";
  const run = async () => {
    if (isFree && engineToShow() !== "sandbox") {
      throw new LimnError(
        "input",
        l10n.t("Limn uses Runware now, where this costs about {0}. Use the button in the panel.", formatUsd(price)),
      );
    }
    await ensureEngine(services, price);
    await makeUnmade(services, job, buy);
  };
  return [{ label: isFree ? name : l10n.t("{0} · about {1}", name, formatUsd(price)), run }];
}
