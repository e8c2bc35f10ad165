import { Uri, workspace } from "vscode";
import { createConcurrencyLimit } from "../../core/concurrencyLimit.ts";
import { isStopped, LimnError } from "../../core/errors.ts";
import { isOpen, isPending, type Job } from "../../core/jobs/job.ts";
import type { Services } from "../services.ts";
import { type RecoveryResult, recoveryResult } from "./recoveryResult.ts";

/** Milliseconds to wait for further results before the first is shown in a notification. */
const notificationDelay = 20_000;

/** Resumes jobs that no window follows. */
export interface JobResumer {
  /** Looks for such jobs now. Jobs that are followed already are not affected. */
  start(): void;
  /** Tries jobs again that lacked a key or were sent to another address. */
  retry(): void;
}

/**
 * Whether the job only waits to replace a draft in a folder that is not open here: a window that
 * has it open does that, where the user can undo it.
 */
const isForOtherWindow = (job: Job): boolean =>
  !isOpen(job) &&
  job.target.replacesDraft === true &&
  workspace.getWorkspaceFolder(Uri.parse(job.target.folder)) === undefined;

/**
 * Resumes what an earlier session or a closed window left: polls unfinished jobs (free, nothing is
 * sent again), downloads their pictures and saves what should be saved. Shows one notification if
 * there is a result, without what the visible panel shows anyway.
 */
export function createJobResumer(services: Services, signal: AbortSignal, isPanelVisible: () => boolean): JobResumer {
  const { jobs, markers, ports, log } = services;
  /** Jobs of this window that wait for a key, or for their address to be set again. */
  const waitingForKey = new Set<string>();
  let results: RecoveryResult[] = [];
  let followedCount = 0;
  let timer: NodeJS.Timeout | undefined;
  /** One run after the other, so that no job is claimed twice. */
  const enqueue = createConcurrencyLimit(1);

  /** Resolves when the notification is closed. */
  async function notifyResults(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    const ended = results;
    results = [];
    if (!signal.aborted && ended.length > 0) {
      const { notifyRecovered } = await import("./recoveredMessage.ts");
      await notifyRecovered(services, ended, isPanelVisible());
    }
  }

  const showResults = () =>
    void notifyResults().catch((error: unknown) =>
      log.error(`The results of resumed jobs could not be shown: ${String(error)}`),
    );

  async function followJob(before: Job): Promise<void> {
    followedCount++;
    try {
      await jobs.checkAgain(before.taskUUID, signal);
    } catch (error) {
      if (error instanceof LimnError && error.kind === "key") {
        waitingForKey.add(before.taskUUID);
      }
      if (!isStopped(error)) {
        log.warn(`Job ${before.taskUUID} of an earlier session could not be finished: ${String(error)}`);
      }
    }
    followedCount--;
    const result = recoveryResult(before, jobs.journal.get(before.taskUUID) ?? before);
    results.push(...(result === undefined ? [] : [result]));
    if (followedCount === 0) {
      showResults();
    } else if (results.length > 0) {
      timer ??= setTimeout(showResults, notificationDelay).unref();
    }
  }

  /**
   * Whether this window should follow the job. If the marker cannot be written it does: the picture
   * matters more.
   */
  async function claimJob({ taskUUID }: Job): Promise<boolean> {
    try {
      return !jobs.isFollowed(taskUUID) && (waitingForKey.delete(taskUUID) || (await markers.claim(taskUUID)));
    } catch (error) {
      log.warn(`The marker of job ${taskUUID} could not be written: ${String(error)}`);
      return true;
    }
  }

  async function resumeJobs(): Promise<void> {
    // A window that is closing has released its jobs for others.
    if (signal.aborted) return;
    await jobs.journal.reload();
    // Unfinished jobs must not wait for a vault that cannot be read: their pictures can go to a
    // fallback folder.
    await jobs.recover().catch((error: unknown) => log.warn(`The vault could not be read: ${String(error)}`));
    const pending = jobs.journal.list().filter(isPending);
    const claimed: Job[] = [];
    for (const job of pending) {
      if (!isForOtherWindow(job) && (await claimJob(job))) {
        claimed.push(job);
      }
    }
    for (const job of claimed) {
      void followJob(job);
    }
    const [open, files] = [new Set(pending.map(({ taskUUID }) => taskUUID)), new Set(await ports.journal.list())];
    await markers.createFolder();
    // The state of an unreadable job file is not known, so its marker stays.
    await markers.removeStale((id) => !open.has(id) && (jobs.journal.get(id) !== undefined || !files.has(id)));
  }

  function start(): void {
    enqueue(resumeJobs).catch((error: unknown) => log.error(`Jobs could not be resumed: ${String(error)}`));
  }

  return {
    start,
    retry() {
      if (waitingForKey.size > 0) {
        start();
      }
    },
  };
}
