import { isStopped, LimnError } from "../core/errors.ts";
import { isPending, type Job } from "../core/job.ts";
import { type Recovered, recovered, tellRecovered } from "./recovered.ts";
import type { Services } from "./services.ts";

/** Milliseconds after the first find in which others come into the same notification. */
const gathering = 20_000;

/** Takes up jobs that no window follows. */
export interface Resumption {
  /** Looks for them now; what is under way goes on. */
  start(): void;
  /** Tries those again that could not be asked for without a key, or at another address. */
  retry(): void;
}

/**
 * Goes on with what an earlier session or a closed window left: asks for open jobs (free, nothing is sent again), fetches what there is
 * and saves what was to be saved. Shows one notification if something came of it; what the user sees anyway, as `isSeen` says, is left out.
 */
export function createResumption(services: Services, signal: AbortSignal, isSeen: () => boolean): Resumption {
  const { jobs, markers, ports, log } = services;
  /** Jobs of this window that wait for a key, or for the address they were sent to. */
  const keyless = new Set<string>();
  let found: Recovered[] = [];
  let following = 0;
  let timer: NodeJS.Timeout | undefined;
  let turn: Promise<void> = Promise.resolve();

  function show(): void {
    clearTimeout(timer);
    timer = undefined;
    if (!signal.aborted && found.length > 0) {
      tellRecovered(services, found, isSeen());
    }
    found = [];
  }

  async function follow(before: Job): Promise<void> {
    following++;
    try {
      await jobs.check(before.taskUUID, signal);
    } catch (error) {
      if (error instanceof LimnError && error.kind === "key") {
        keyless.add(before.taskUUID);
      }
      if (!isStopped(error)) {
        log.warn(`Job ${before.taskUUID} of an earlier session could not be finished: ${String(error)}`);
      }
    }
    following--;
    const one = recovered(before, jobs.journal.get(before.taskUUID) ?? before);
    found.push(...(one === undefined ? [] : [one]));
    if (following === 0) {
      show();
    } else if (found.length > 0) {
      timer ??= setTimeout(show, gathering).unref();
    }
  }

  /** Whether the job is this window's to follow. A picture is worth more than a marker that cannot be written. */
  async function isTaken({ taskUUID }: Job): Promise<boolean> {
    try {
      return !jobs.isFollowed(taskUUID) && (keyless.delete(taskUUID) || (await markers.claim(taskUUID)));
    } catch (error) {
      log.warn(`The marker of job ${taskUUID} could not be written: ${String(error)}`);
      return true;
    }
  }

  async function takeUp(): Promise<void> {
    await jobs.journal.reload();
    // A vault that cannot be read must not keep open jobs waiting: what they bring can go elsewhere.
    await jobs.recover().catch((error: unknown) => log.warn(`The vault could not be looked through: ${String(error)}`));
    const pending = jobs.journal.list().filter(isPending);
    const taken: Job[] = [];
    for (const job of pending) {
      if (await isTaken(job)) {
        taken.push(job);
      }
    }
    for (const job of taken) {
      void follow(job);
    }
    const [open, files] = [new Set(pending.map(({ taskUUID }) => taskUUID)), new Set(await ports.journal.list())];
    await markers.prepare();
    // What is in a file that cannot be read is not known, so its marker stays.
    await markers.clearStale((id) => !open.has(id) && (jobs.journal.get(id) !== undefined || !files.has(id)));
  }

  function start(): void {
    // One after the other, so that no job is taken up twice.
    turn = turn.then(takeUp).catch((error: unknown) => log.error(`Resuming failed: ${String(error)}`));
  }

  return {
    start,
    retry() {
      if (keyless.size > 0) {
        start();
      }
    },
  };
}
