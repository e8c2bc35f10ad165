import type { Job } from "./job.ts";

/**
 * Milliseconds without any sign of a task before `getTaskDetails` is called, and after that before
 * Limn stops following the job.
 */
export interface IdleLimits {
  /** For a task that was perhaps never accepted. */
  readonly sending: number;
  /** For an accepted task: it may be silent for long, because running tasks give empty answers. */
  readonly running: number;
}

/** The limits for a job of this session. */
export const idleLimits: IdleLimits = { sending: 60_000, running: 15 * 60_000 };

/**
 * Milliseconds without news after which fewer failures than requested pictures count as the failure
 * of the whole task.
 */
export const failureIdleTime = 10_000;

/**
 * The same if all requested pictures have failed, and at least one more poll: the service may
 * report one error several times, and before the pictures.
 */
export const lastFailureIdleTime = 3000;

/**
 * Milliseconds without a sign before a task is sent again: long enough for a slow acceptance to
 * show.
 */
export const resendIdleTime = 4000;

/**
 * Shortest idle limit, for a job of an earlier session whose time is over: enough for a few polls.
 */
const minIdleLimit = 20_000;

/**
 * Milliseconds since the job was created. Only for a job of an earlier session: the clock may have
 * been changed since.
 *
 * @param now milliseconds since the epoch.
 */
export const ageOf = ({ createdAt }: Pick<Job, "createdAt">, now: number): number => Math.max(0, now - createdAt);

/**
 * The limits for a job of an earlier session. If the clock was changed meanwhile, they can only
 * become shorter.
 *
 * @param now milliseconds since the epoch.
 */
export function remainingIdleLimits(job: Job | undefined, now: number): IdleLimits {
  const { createdAt = 0, state } = job ?? {};
  const age = ageOf({ createdAt }, now);
  const remaining = (limit: number) => (state === "unknown" ? minIdleLimit : Math.max(limit - age, minIdleLimit));
  return { sending: remaining(idleLimits.sending), running: remaining(idleLimits.running) };
}
