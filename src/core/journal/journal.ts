import * as l10n from "@vscode/l10n";
import { describeDiskError } from "../diskError.ts";
import { LimnError } from "../errors.ts";
import { type Job, persistentState, receiptOf } from "../jobs/job.ts";
import { isOtherVersion, parseJob } from "../jobs/jobSchema.ts";
import { Listeners } from "../listeners.ts";
import { usesRealMoney } from "../money/realMoney.ts";
import { spendingOf, totalUsd } from "../money/spending.ts";
import type { Ports } from "../ports.ts";
import { SerialQueues } from "../serialQueues.ts";
import { JobFiles } from "./jobFiles.ts";
import { JobLoader } from "./jobLoader.ts";
import { KnownJobs } from "./knownJobs.ts";
import { readUnreadable, type UnreadableJob } from "./unreadableJob.ts";

/** Called with each job that changed, and with `undefined` when one was removed. */
export type JobListener = (job: Job | undefined) => void;

/**
 * The jobs of all windows, one file each. The files are the truth: every change starts from the
 * file, because another window may have changed it, and is on disk before any listener is called.
 * If the disk cannot be written, changes stay in memory, because pictures that were paid for must
 * not wait for the disk; the next change writes all of them. A file is read again only after it was
 * replaced.
 */
export class Journal {
  readonly #ports: Pick<Ports, "journal" | "now" | "log">;
  readonly #jobs = new KnownJobs();
  readonly #files: JobFiles;
  readonly #loader: JobLoader;
  readonly #listeners = new Listeners<Parameters<JobListener>>((error) =>
    // An error of a listener must not come between a purchase and its pictures.
    this.#ports.log.error(`A listener of the journal failed: ${String(error)}`),
  );
  /** Changes of one job run one after the other. */
  readonly #queues = new SerialQueues();

  constructor(ports: Pick<Ports, "journal" | "now" | "log">) {
    this.#ports = ports;
    this.#files = new JobFiles(ports);
    this.#loader = new JobLoader({ ports, jobs: this.#jobs, files: this.#files, queues: this.#queues });
  }

  /**
   * Reads all files that have changed. Calls at the same time share one reading. Some file systems
   * do not give a folder a new time when another machine changes a file in it: then only `reload`
   * sees that.
   */
  load(): Promise<void> {
    return this.#loader.load();
  }

  /**
   * Reads all files that have changed, starting after the call: it sees everything that other
   * windows have written by now.
   */
  reload(): Promise<void> {
    return this.#loader.reload();
  }

  /**
   * Like `reload`, but reads only what may change the spending: new files, and those of jobs whose
   * spending is not final. It need not look at thousands of finished jobs.
   */
  reloadSpending(): Promise<void> {
    return this.#loader.reloadSpending();
  }

  /** Resolves when the files have been read at least once. */
  async ready(): Promise<void> {
    if (!this.#loader.isLoaded) {
      await this.load();
    }
  }

  /** All known jobs, newest first. */
  list(): readonly Job[] {
    return this.#jobs.list().filter(({ forgotten }) => forgotten !== true);
  }

  /**
   * All known jobs and those the user has removed, newest first, because a purchase stays one. It
   * has a receipt for each file that cannot be read, because that was a purchase too.
   */
  listAll(): readonly Job[] {
    return this.#jobs.list();
  }

  /** Files that cannot be read as a job and that this window does not remember. */
  unreadable(): UnreadableJob[] {
    return this.#jobs.unreadable();
  }

  /**
   * Replaces a damaged file by its receipt, so that its day is fixed and it is not listed any more.
   */
  async forgetUnreadable(id: string): Promise<void> {
    await this.#queues.run(id, async () => {
      const text = await this.#ports.journal.read(id);
      if (text === undefined || parseJob(text) !== undefined || isOtherVersion(text)) {
        throw new LimnError("files", l10n.t("This file is not damaged any more. Show the unfinished jobs again."));
      }
      const { receipt } = readUnreadable(id, text, this.#ports.now());
      await this.#ports.journal.write(id, JSON.stringify(receipt));
      this.#jobs.deleteUnreadable(id);
      this.#setAndNotify(receipt);
    });
  }

  /** The latest known state of a job. */
  get(id: string): Job | undefined {
    return this.#jobs.get(id);
  }

  /** The latest known state of a job; throws a `LimnError` if there is no such job. */
  getOrThrow(id: string): Job {
    const job = this.#jobs.get(id);
    if (job === undefined) {
      throw new LimnError("unexpected", l10n.t("This job does not exist any more."));
    }
    return job;
  }

  /** Adds a listener for every change. Returns a function that removes it. */
  subscribe(listener: JobListener): () => void {
    return this.#listeners.subscribe(listener);
  }

  /**
   * Stores a new job.
   * @throws LimnError of kind `files` if it cannot be written: then nothing may be sent.
   */
  async create(job: Job): Promise<void> {
    try {
      await this.#files.create(job);
    } catch (cause) {
      throw new LimnError(
        "files",
        l10n.t(
          "Nothing was sent, because Limn could not store the request. {0} Limn buys nothing until it can write to its own folder.",
          describeDiskError(cause),
        ),
        { cause },
      );
    }
    this.#setAndNotify(job);
  }

  /** Why the latest state of the job is not on disk, as a sentence; `undefined` if it is. */
  unwrittenReason(id: string): string | undefined {
    return this.#files.unwrittenReason(id);
  }

  /**
   * Changes a job, starting from its file. Resolves to the changed job, even if it could not be
   * written: see `unwrittenReason`.
   */
  update(id: string, change: (job: Job) => Job): Promise<Job> {
    return this.#queues.run(id, () => this.#change(id, change));
  }

  /**
   * Removes a job from all lists. Only what it cost, or may have cost, stays stored, so the index,
   * which has its prompt, is made again.
   */
  async forget(id: string): Promise<void> {
    // Before, so that a crash leaves no index with the prompt; after, because a reading at the same
    // time may have written one.
    await this.#loader.removeIndex();
    await this.#leaveReceipt(id);
    await this.#loader.removeIndex();
  }

  async #leaveReceipt(id: string): Promise<void> {
    if (await this.removeUnconfirmed(id)) {
      return;
    }
    const job = this.#jobs.get(id);
    if (job === undefined || !usesRealMoney(job) || totalUsd(spendingOf(job)) === 0) {
      await this.remove(id);
    } else {
      await this.update(id, receiptOf);
    }
  }

  /** Deletes a job's file. */
  remove(id: string): Promise<void> {
    return this.#queues.run(id, () => this.#removeFile(id));
  }

  /**
   * Removes a job whose budget was never confirmed. Only its file counts: another window may have
   * confirmed and sent it since it was last read. Resolves to whether it was such a job.
   */
  removeUnconfirmed(id: string): Promise<boolean> {
    return this.#queues.run(id, async () => {
      const stored = parseJob((await this.#read(id)) ?? "");
      const isUnconfirmed =
        stored !== undefined && this.#files.mergeWith(id, this.#jobs.get(id), stored).unconfirmed === true;
      if (isUnconfirmed) {
        await this.#removeFile(id);
      }
      return isUnconfirmed;
    });
  }

  async #removeFile(id: string): Promise<void> {
    await this.#files.remove(id);
    this.#jobs.delete(id);
    this.#listeners.notify(undefined);
  }

  async #read(id: string): Promise<string | undefined> {
    try {
      return await this.#ports.journal.read(id);
    } catch (error) {
      if (!this.#jobs.has(id)) {
        throw error;
      }
      this.#ports.log.warn(`The file of job ${id} could not be read: ${String(error)}`);
      return undefined;
    }
  }

  async #change(id: string, change: (job: Job) => Job): Promise<Job> {
    const text = await this.#read(id);
    const stored = text === undefined ? undefined : this.#files.parse(id, text);
    if (text !== undefined && stored === undefined && isOtherVersion(text)) {
      throw new LimnError(
        "files",
        l10n.t("This request belongs to another version of Limn, which another window uses."),
      );
    }
    const before = stored === undefined ? this.#jobs.get(id) : this.#files.mergeWith(id, this.#jobs.get(id), stored);
    if (before === undefined) {
      throw new Error(`There is no job ${id}.`);
    }
    const after = change(before);
    if (persistentState(after) === persistentState(stored ?? before) && !this.#files.isUnwritten(id)) {
      this.#setAndNotify(after);
      return after;
    }
    const stamped = { ...after, updatedAt: this.#ports.now() };
    await this.#files.write(stamped);
    this.#setAndNotify(stamped);
    return stamped;
  }

  #setAndNotify(job: Job): void {
    this.#jobs.set(job.taskUUID, job);
    this.#listeners.notify(job);
  }
}
