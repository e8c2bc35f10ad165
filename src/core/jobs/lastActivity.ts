import type { Job } from "./job.ts";

/**
 * Milliseconds without activity after which a job's progress is out of date. Polls are at most 10 s
 * apart.
 */
export const inactiveAfter = 30_000;

/** The facts whose change is activity. */
const activityKeyOf = ({ state, progress, pictures, failures }: Job): string =>
  JSON.stringify([state, progress, failures.length, pictures.map(({ file }) => file !== undefined)]);

/** The time of each job's last activity: a new state, progress, picture or failure. */
export class LastActivity {
  readonly #activities = new Map<string, { readonly key: string; readonly at: number }>();

  /** Records the current state of a job. Times are in milliseconds since the epoch. */
  record(job: Job, now: number): void {
    const key = activityKeyOf(job);
    const known = this.#activities.get(job.taskUUID);
    if (known?.key !== key) {
      // The last activity of an earlier session is in the job's file.
      this.#activities.set(job.taskUUID, { key, at: known === undefined ? Math.min(now, job.updatedAt) : now });
    }
  }

  /** The time of the last activity; the time of the job's file if none was recorded. */
  get({ taskUUID, updatedAt }: Job): number {
    return this.#activities.get(taskUUID)?.at ?? updatedAt;
  }
}
