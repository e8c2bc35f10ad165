import { inactiveAfter } from "../../core/jobs/lastActivity.ts";
import type { JobView, PictureView } from "../../protocol.ts";
import { formatCount, formatDuration } from "./format.ts";

/** How a job stands, for the eye and in words. */
export interface JobStatus {
  /** Codicon. */
  readonly icon: string;
  readonly text: string;
  readonly tone: "busy" | "calm" | "warning" | "error";
}

/** Whether the service may still have something for this job. */
export const isOpen = ({ state }: JobView): boolean => state === "sending" || state === "running";

/** Whether this window waits for the job: then time passes for it. */
export const isWaitedFor = (job: JobView): boolean => isOpen(job) && job.isFollowed;

/** Whether it waits for others to be sent: until then it can be withdrawn at no cost. */
export const isUnsent = (job: JobView): boolean => isWaitedFor(job) && job.isUnsent === true;

/** Whether its bytes are in the vault. */
export const isStored = ({ width, otherFormat }: PictureView): boolean => (width ?? otherFormat) !== undefined;

/** Pictures that were made, and whose bytes are not here. */
export const missingPictures = (job: JobView): readonly PictureView[] =>
  job.state === "done" ? job.pictures.filter((picture) => !isStored(picture)) : [];

/** Whether the job belongs in the queue: it is not at its end, or something of it did not come. */
export const isInQueue = (job: JobView): boolean => job.state !== "done" || missingPictures(job).length > 0;

/**
 * Milliseconds for which nothing of the job has changed; `undefined` while that is no reason to
 * wonder.
 */
export function unchangedFor(job: JobView, now: number): number | undefined {
  const unchanged = now - job.lastActivityAt;
  return isWaitedFor(job) && !isUnsent(job) && unchanged >= inactiveAfter ? unchanged : undefined;
}

/** Pictures that were made and could not be fetched at the first try. */
const retriedPictures = (job: JobView): readonly PictureView[] =>
  job.pictures.filter((picture) => !isStored(picture) && picture.problem !== undefined);

const runningStatus = (job: JobView): JobStatus => {
  const storedCount = job.pictures.filter(isStored).length;
  const isMade = job.pictures.length >= job.count;
  const verb = isMade ? "Fetching" : "Making";
  const text =
    storedCount === 0
      ? `${verb} ${formatCount(job.count, "picture")}…`
      : `${storedCount} of ${formatCount(job.count, "picture")} here…`;
  return { icon: "loading", text, tone: "busy" };
};

const withBillingNote = (text: string, { mayBeBilled }: JobView): string =>
  mayBeBilled ? `${text}, may have been billed` : text;

/**
 * Says how a job stands. Nothing is called a failure that may yet succeed, and nothing free that
 * may be billed.
 */
export function jobStatus(job: JobView, now: number): JobStatus {
  if (isOpen(job) && !job.isFollowed) {
    return { icon: "debug-pause", text: "Not waited for in this window", tone: "calm" };
  }
  if (isUnsent(job)) {
    return { icon: "clock", text: "Waiting to be sent…", tone: "calm" };
  }
  if (job.isFollowed && retriedPictures(job).length > 0) {
    // The picture was made long ago: what goes on is the search for a link that works.
    return {
      icon: "loading",
      text: `Looking for ${formatCount(retriedPictures(job).length, "picture")}…`,
      tone: "busy",
    };
  }
  const unchanged = unchangedFor(job, now);
  if (unchanged !== undefined) {
    const isSending = job.state === "sending";
    return {
      icon: isSending ? "cloud-upload" : "loading",
      text: `${isSending ? "Still sending" : "Still working"}, no change for ${formatDuration(unchanged)}`,
      tone: "busy",
    };
  }
  switch (job.state) {
    case "sending":
      return { icon: "cloud-upload", text: "Sending…", tone: "busy" };
    case "running":
      return runningStatus(job);
    case "unknown":
      return { icon: "question", text: withBillingNote("Outcome unknown", job), tone: "warning" };
    case "failed":
      return { icon: "error", text: withBillingNote("Failed", job), tone: "error" };
    case "done": {
      const missingCount = missingPictures(job).length;
      return missingCount === 0
        ? { icon: "check", text: "Done", tone: "calm" }
        : {
            icon: "warning",
            text: `${missingCount} of ${formatCount(job.pictures.length, "picture")} not fetched yet`,
            tone: "warning",
          };
    }
  }
}
