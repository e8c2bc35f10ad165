import type { Family } from "../models/model.ts";
import type { SelectJobs } from "../money/reservation.ts";
import type { Ports } from "../ports.ts";
import type { JobRequest } from "../request/request.ts";
import type { Job } from "./job.ts";
import { prepareJob, type UnsentJob } from "./unsentJob.ts";

/** Requests that are bought together. */
export interface UnsentGroup {
  /** Creates their jobs as they are stored. */
  readonly createJobs: () => readonly Job[];
  /** Selects the jobs of those requests that are still needed. */
  readonly selectBy: (selectNeeded: SelectNeeded) => SelectJobs;
  /** The requests of the jobs that are stored, in the order in which they were given. */
  readonly storedOf: (
    jobs: readonly Job[],
  ) => readonly { readonly jobRequest: JobRequest; readonly unsent: UnsentJob }[];
}

/**
 * Selects the requests that are still needed. One is not if a job makes its file that is a rival:
 * another window may have stored it meanwhile.
 */
export type SelectNeeded = (
  isRival: (other: Job, jobRequest: JobRequest) => boolean,
) => Promise<readonly (JobRequest | undefined)[]>;

/**
 * Prepares requests that are bought together. Their jobs have one time, and UUIDs with the same
 * start: so they come one after the other in the order of reservations, and of two groups one comes
 * first. Throws like `prepareJob`.
 */
export async function prepareGroup(
  ports: Ports,
  family: Family,
  jobRequests: readonly JobRequest[],
  signal: AbortSignal,
): Promise<UnsentGroup> {
  const start = ports.uuid().slice(0, 8);
  const group = await Promise.all(
    jobRequests.map(async (jobRequest) => ({
      jobRequest,
      unsent: await prepareJob(ports, family, jobRequest, signal, start + ports.uuid().slice(8)),
    })),
  );
  const requests = new Map(group.map(({ jobRequest, unsent }) => [unsent.taskUUID, jobRequest]));
  return {
    createJobs() {
      const now = ports.now();
      return group.map(({ unsent }) => unsent.createJob(now));
    },
    selectBy: (selectNeeded) => async (jobs, isRival) => {
      const byRequest = new Map(jobs.map((job) => [requests.get(job.taskUUID), job]));
      const needed = await selectNeeded((other, jobRequest) => {
        const job = byRequest.get(jobRequest);
        return job === undefined || isRival(other, job);
      });
      return jobs.filter(({ taskUUID }) => needed.includes(requests.get(taskUUID)));
    },
    storedOf(jobs) {
      const ids = new Set(jobs.map(({ taskUUID }) => taskUUID));
      return group.filter(({ unsent }) => ids.has(unsent.taskUUID));
    },
  };
}
