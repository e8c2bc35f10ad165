import * as l10n from "@vscode/l10n";
import { inactiveAfter } from "../../core/jobs/lastActivity.ts";
import type { JobView, PictureView } from "../../protocol.ts";
import { formatDuration, formatNumber } from "../shared/format.ts";
import { isOpen, isStored, isUnsent, isWaitedFor, missingPictures } from "../shared/jobState.ts";

/** The status of a job: an icon, a text and a colour. */
export interface JobStatus {
  /** Codicon. */
  readonly icon: string;
  readonly text: string;
  readonly tone: "busy" | "calm" | "warning" | "error";
}

/** Milliseconds without a change of the job; `undefined` until they are worth a mention. */
export function unchangedFor(job: JobView, now: number): number | undefined {
  const unchanged = now - job.lastActivityAt;
  return isWaitedFor(job) && !isUnsent(job) && unchanged >= inactiveAfter ? unchanged : undefined;
}

/** Pictures that exist at the service and whose first download failed. */
const retriedPictures = (job: JobView): readonly PictureView[] =>
  job.pictures.filter((picture) => !isStored(picture) && picture.problem !== undefined);

const makingText = (count: number): string =>
  count === 1 ? l10n.t("Making 1 picture…") : l10n.t("Making {0} pictures…", formatNumber(count));

const fetchingText = (count: number): string =>
  count === 1 ? l10n.t("Fetching 1 picture…") : l10n.t("Fetching {0} pictures…", formatNumber(count));

const lookingText = (count: number): string =>
  count === 1 ? l10n.t("Looking for 1 picture…") : l10n.t("Looking for {0} pictures…", formatNumber(count));

const storedText = (stored: number, count: number): string =>
  count === 1
    ? l10n.t("1 of 1 picture arrived…")
    : l10n.t("{0} of {1} pictures arrived…", formatNumber(stored), formatNumber(count));

const missingText = (missing: number, count: number): string =>
  count === 1
    ? l10n.t("1 of 1 picture not fetched yet")
    : l10n.t("{0} of {1} pictures not fetched yet", formatNumber(missing), formatNumber(count));

const unmadeText = (unmade: number, count: number): string =>
  l10n.t("{0} of {1} pictures were made", formatNumber(count - unmade), formatNumber(count));

function runningText(job: JobView): string {
  const stored = job.pictures.filter(isStored).length;
  if (stored > 0) {
    return storedText(stored, job.count);
  }
  return job.pictures.length >= job.count ? fetchingText(job.count) : makingText(job.count);
}

/**
 * Describes the status of a job. What may still succeed is not called a failure, and what may be
 * billed is not called free.
 */
export function jobStatus(job: JobView, now: number): JobStatus {
  if (isOpen(job) && !job.isFollowed) {
    return { icon: "debug-pause", text: l10n.t("Waiting stopped in this window"), tone: "calm" };
  }
  if (isUnsent(job)) {
    return { icon: "clock", text: l10n.t("Waiting to be sent…"), tone: "calm" };
  }
  const retriedCount = retriedPictures(job).length;
  if (job.isFollowed && retriedCount > 0) {
    // The picture exists: only a link that works is missing.
    return { icon: "loading", text: lookingText(retriedCount), tone: "busy" };
  }
  const unchanged = unchangedFor(job, now);
  if (unchanged !== undefined) {
    const duration = formatDuration(unchanged);
    return job.state === "sending"
      ? { icon: "cloud-upload", text: l10n.t("Still sending, no change for {0}", duration), tone: "busy" }
      : { icon: "loading", text: l10n.t("Still working, no change for {0}", duration), tone: "busy" };
  }
  switch (job.state) {
    case "sending":
      return { icon: "cloud-upload", text: l10n.t("Sending…"), tone: "busy" };
    case "running":
      return { icon: "loading", text: runningText(job), tone: "busy" };
    case "unknown": {
      const text = job.mayBeBilled ? l10n.t("Outcome unknown, may have been billed") : l10n.t("Outcome unknown");
      return { icon: "question", text, tone: "warning" };
    }
    case "failed": {
      const text = job.mayBeBilled ? l10n.t("Failed, may have been billed") : l10n.t("Failed");
      return { icon: "error", text, tone: "error" };
    }
    case "done": {
      const missing = missingPictures(job).length;
      if (missing > 0) {
        return { icon: "warning", text: missingText(missing, job.pictures.length), tone: "warning" };
      }
      return job.unmade === undefined
        ? { icon: "check", text: l10n.t("Done"), tone: "calm" }
        : { icon: "warning", text: unmadeText(job.unmade, job.count), tone: "warning" };
    }
  }
}
