import type { ListedJob } from "../../../core/sheet/listedJob.ts";
import type { QueueView } from "../../../protocol.ts";

/** Maximum number of jobs that the queue shows. */
const queueLimit = 100;

/** What this window is doing with a job. */
export interface JobStatuses {
  /** Whether this window polls the job. */
  isFollowed(job: string): boolean;
  /** Whether nothing of the job was sent yet. */
  isUnsent(job: string): boolean;
}

/** The queue of these jobs, newest first. */
export function queueView(jobs: readonly ListedJob[], { isFollowed, isUnsent }: JobStatuses): QueueView {
  const waiting = jobs.filter(({ id, isOpen }) => isOpen && isFollowed(id));
  return {
    jobs: jobs.slice(0, queueLimit).map(({ id }) => id),
    total: jobs.length,
    waiting: waiting.length,
    unsent: waiting.filter(({ id }) => isUnsent(id)).length,
  };
}
