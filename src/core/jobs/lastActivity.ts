import type { Job } from "./job.ts";

/**
 * Milliseconds without a sign of a job after which its progress says nothing any more. A poll comes
 * every 10 s at most.
 */
export const inactiveAfter = 30_000;

/** What changes when the service gives a sign of a job. */
const activityKeyOf = ({ state, progress, pictures, failures }: Job): string =>
  JSON.stringify([state, progress, failures.length, pictures.map(({ file }) => file !== undefined)]);

/** When each job last gave a sign: a state, a progress, a picture or a failure that is new. */
export class LastActivity {
  readonly #activities = new Map<string, { readonly sign: string; readonly at: number }>();

  /** Notes how the job stands now; times in milliseconds since the epoch. */
  record(job: Job, now: number): void {
    const key = activityKeyOf(job);
    const known = this.#activities.get(job.taskUUID);
    if (known?.sign !== key) {
      // What is known of an earlier session stands in the job's file.
      this.#activities.set(job.taskUUID, { sign: key, at: known === undefined ? Math.min(now, job.updatedAt) : now });
    }
  }

  /** When that was; when the job's file was written where nothing has been noted. */
  get({ taskUUID, updatedAt }: Job): number {
    return this.#activities.get(taskUUID)?.at ?? updatedAt;
  }
}
