import { quietAfter } from "../../core/lastSign.ts";
import type { JobView, PictureView } from "../../protocol.ts";
import { count, duration } from "./words.ts";

/** How a job stands, for the eye and in words. */
export interface Standing {
  /** Codicon. */
  readonly icon: string;
  readonly words: string;
  readonly tone: "busy" | "calm" | "warning" | "error";
}

/** Whether the service may still have something for this job. */
export const isOpen = ({ state }: JobView): boolean => state === "sending" || state === "running";

/** Whether this window waits for the job: then time passes for it. */
export const isWaitedFor = (job: JobView): boolean => isOpen(job) && job.followed;

/** Whether it waits for others to be sent: until then it can be withdrawn at no cost. */
export const isUnsent = (job: JobView): boolean => isWaitedFor(job) && job.unsent === true;

/** Whether its bytes are in the vault. */
export const hasArrived = ({ width, otherFormat }: PictureView): boolean => (width ?? otherFormat) !== undefined;

/** Pictures that were made, and whose bytes are not here. */
export const missing = (job: JobView): readonly PictureView[] =>
  job.state === "done" ? job.pictures.filter((picture) => !hasArrived(picture)) : [];

/** Whether the job belongs in the queue: it is not at its end, or something of it did not come. */
export const isInQueue = (job: JobView): boolean => job.state !== "done" || missing(job).length > 0;

/** Milliseconds for which nothing of the job has changed; `undefined` while that is no reason to wonder. */
export function quietFor(job: JobView, now: number): number | undefined {
  const quiet = now - job.lastSignAt;
  return isWaitedFor(job) && !isUnsent(job) && quiet >= quietAfter ? quiet : undefined;
}

/** Pictures that were made and could not be fetched at the first try. */
const sought = (job: JobView): readonly PictureView[] =>
  job.pictures.filter((picture) => !hasArrived(picture) && picture.problem !== undefined);

const running = (job: JobView): Standing => {
  const here = job.pictures.filter(hasArrived).length;
  const isMade = job.pictures.length >= job.count;
  const begun = isMade ? "Fetching" : "Making";
  const words =
    here === 0 ? `${begun} ${count(job.count, "picture")}…` : `${here} of ${count(job.count, "picture")} here…`;
  return { icon: "loading", words, tone: "busy" };
};

const billed = (words: string, { mayBeBilled }: JobView): string =>
  mayBeBilled ? `${words}, may have been billed` : words;

/** Says how a job stands. Nothing is called a failure that may yet succeed, and nothing free that may be billed. */
export function standing(job: JobView, now: number): Standing {
  if (isOpen(job) && !job.followed) {
    return { icon: "debug-pause", words: "Not waited for in this window", tone: "calm" };
  }
  if (isUnsent(job)) {
    return { icon: "clock", words: "Waiting to be sent…", tone: "calm" };
  }
  if (job.followed && sought(job).length > 0) {
    // The picture was made long ago: what goes on is the search for a link that works.
    return { icon: "loading", words: `Looking for ${count(sought(job).length, "picture")}…`, tone: "busy" };
  }
  const quiet = quietFor(job, now);
  if (quiet !== undefined) {
    const sending = job.state === "sending";
    return {
      icon: sending ? "cloud-upload" : "loading",
      words: `${sending ? "Still sending" : "Still working"}, no change for ${duration(quiet)}`,
      tone: "busy",
    };
  }
  switch (job.state) {
    case "sending":
      return { icon: "cloud-upload", words: "Sending…", tone: "busy" };
    case "running":
      return running(job);
    case "unknown":
      return { icon: "question", words: billed("Outcome unknown", job), tone: "warning" };
    case "failed":
      return { icon: "error", words: billed("Failed", job), tone: "error" };
    case "done": {
      const gone = missing(job).length;
      return gone === 0
        ? { icon: "check", words: "Done", tone: "calm" }
        : {
            icon: "warning",
            words: `${gone} of ${count(job.pictures.length, "picture")} not fetched yet`,
            tone: "warning",
          };
    }
  }
}
