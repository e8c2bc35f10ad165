import { isOpen, type Job, unmadeCount } from "../jobs/job.ts";
import { isStored, shownPictures } from "../pictures/shownPictures.ts";
import type { FilteredPicture } from "./filters.ts";

/** A picture of the sheet. */
export interface ListedPicture extends FilteredPicture {
  /** Its id, unique in its job. */
  readonly id: string;
}

/** The little of a job that the panel needs of all jobs: to search, count, filter and arrange. */
export interface ListedJob {
  /** The UUID of its task. */
  readonly id: string;
  readonly prompt: string;
  readonly isOpen: boolean;
  /** Number of its pictures that may still arrive; 0 once it has ended. */
  readonly pending: number;
  /**
   * Whether the queue shows it: it has not ended, failed, or some of its pictures are missing or
   * were not made.
   */
  readonly isInQueue: boolean;
  /** Whether it was ordered for another workspace than the one that is open. */
  readonly isElsewhere: boolean;
  /** Its stored pictures in their order, the discarded ones last. */
  readonly pictures: readonly ListedPicture[];
}

/** Facts outside of a job that its list depends on. */
export interface ListedJobContext {
  /** Whether the vault has a file of this name. */
  readonly isInVault: (file: string) => boolean;
  /** Whether the URI of a workspace folder is of another workspace than the one that is open. */
  readonly isElsewhere: (workspace: string) => boolean;
}

/** Lists a job. One whose workspace is not known belongs to every workspace. */
export function listJob(job: Job, { isInVault, isElsewhere }: ListedJobContext): ListedJob {
  const { shown, discarded } = shownPictures(job, isInVault);
  const stored = [...shown, ...discarded].filter((picture) => isStored(picture, isInVault));
  return {
    id: job.taskUUID,
    prompt: job.request.prompt,
    isOpen: isOpen(job),
    pending: isOpen(job) ? Math.max(0, job.request.count - job.failures.length - stored.length) : 0,
    isInQueue:
      job.state !== "done" ||
      !shown.every((picture) => isStored(picture, isInVault)) ||
      (stored.length > 0 && unmadeCount(job) > 0),
    isElsewhere: job.workspace !== undefined && isElsewhere(job.workspace),
    pictures: stored.map(({ id, kept, starred, discarded }) => ({
      id,
      isKept: kept.length > 0,
      isStarred: starred === true,
      isDiscarded: discarded === true,
    })),
  };
}
