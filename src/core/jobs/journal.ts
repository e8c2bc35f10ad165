import * as l10n from "@vscode/l10n";
import { describeDiskError } from "../diskError.ts";
import { LimnError } from "../errors.ts";
import { Listeners } from "../listeners.ts";
import { usesRealMoney } from "../money/realMoney.ts";
import { spendingOf, totalUsd } from "../money/spending.ts";
import { formatUsd } from "../money/usd.ts";
import type { Ports } from "../ports.ts";
import { SerialQueues } from "../serialQueues.ts";
import { isOtherVersion, isPending, type Job, parseJob, receiptOf } from "./job.ts";
import { mergeJobs } from "./mergeJobs.ts";
import { readUnreadable, type UnreadableJob } from "./unreadableJob.ts";

/** Called with each job that changed, and with `undefined` when one was removed. */
export type JobListener = (job: Job | undefined) => void;

/** The durable part of a job. Progress is only displayed and not worth a write. */
const persistentState = (job: Job): string => JSON.stringify({ ...job, progress: undefined, updatedAt: 0 });

/**
 * The jobs of all windows, one file each. The files are the truth: every change starts from the
 * file, because another window may have changed it, and is on disk before any listener is called.
 * If the disk cannot be written, changes stay in memory, because pictures that were paid for must
 * not wait for the disk; the next change writes all of them.
 */
export class Journal {
  readonly #ports: Pick<Ports, "journal" | "now" | "log">;
  readonly #jobs = new Map<string, Job>();
  readonly #listeners = new Listeners<Parameters<JobListener>>((error) =>
    // An error of a listener must not come between a purchase and its pictures.
    this.#ports.log.error(`A listener of the journal failed: ${String(error)}`),
  );
  /** Changes of one job run one after the other. */
  readonly #queues = new SerialQueues();
  /** Errors of jobs whose latest state could not be written. */
  readonly #writeErrors = new Map<string, unknown>();
  /**
   * Files that cannot be read as a job. They are never changed, and count as far as they can be
   * read.
   */
  readonly #unreadable = new Map<string, UnreadableJob>();
  #loading: Promise<void> | undefined;
  #isLoaded = false;

  constructor(ports: Pick<Ports, "journal" | "now" | "log">) {
    this.#ports = ports;
  }

  /** Reads all files again. Calls at the same time share one reading. */
  load(): Promise<void> {
    this.#loading ??= this.#loadAll().finally(() => {
      this.#loading = undefined;
    });
    return this.#loading;
  }

  async #loadAll(): Promise<void> {
    const before = [...this.#jobs.keys(), ...this.#unreadable.keys()];
    const ids = new Set(await this.#ports.journal.list());
    await Promise.all([...ids].map((id) => this.#queues.run(id, () => this.#loadOne(id))));
    for (const id of before.filter((id) => !ids.has(id))) {
      this.#jobs.delete(id);
      this.#unreadable.delete(id);
    }
    this.#isLoaded = true;
  }

  /**
   * Reads all files again, starting after the call: it sees everything that other windows have
   * written by now.
   */
  async reload(): Promise<void> {
    // A running reading may already be past the file in question. Its error goes to its own
    // caller.
    await this.#loading?.catch(() => undefined);
    await this.load();
  }

  /** Resolves when the files have been read at least once. */
  async ready(): Promise<void> {
    if (!this.#isLoaded) {
      await this.load();
    }
  }

  /** All known jobs, newest first. */
  list(): Job[] {
    return this.listAll().filter(({ forgotten }) => forgotten !== true);
  }

  /**
   * All known jobs and those the user has removed, newest first, because a purchase stays one. It
   * has a receipt for each file that cannot be read, because that was a purchase too.
   */
  listAll(): Job[] {
    const receipts = this.unreadable().map(({ receipt, reason }) => ({ ...receipt, unreadable: reason }));
    return [...this.#jobs.values(), ...receipts].sort((a, b) => b.createdAt - a.createdAt);
  }

  /** Files that cannot be read as a job and that this window does not remember. */
  unreadable(): UnreadableJob[] {
    return [...this.#unreadable.values()].filter(({ taskUUID }) => !this.#jobs.has(taskUUID));
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
      this.#unreadable.delete(id);
      this.#setAndNotify(receipt);
    });
  }

  /** The latest known state of a job. */
  get(id: string): Job | undefined {
    return this.#jobs.get(id);
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
      await this.#ports.journal.write(job.taskUUID, JSON.stringify(job), isPending(job));
    } catch (cause) {
      // The file may exist even so, if only the last step of writing failed.
      await this.#ports.journal.remove(job.taskUUID).catch(() => undefined);
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
    return this.#writeErrors.has(id) ? describeDiskError(this.#writeErrors.get(id)) : undefined;
  }

  /**
   * Changes a job, starting from its file. Resolves to the changed job, even if it could not be
   * written: see `unwrittenReason`.
   */
  update(id: string, change: (job: Job) => Job): Promise<Job> {
    return this.#queues.run(id, () => this.#change(id, change));
  }

  /** Removes a job from all lists. What it cost, or may have cost, stays stored. */
  async forget(id: string): Promise<void> {
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
      const isUnconfirmed = stored !== undefined && this.#mergeWithMemory(id, stored).unconfirmed === true;
      if (isUnconfirmed) {
        await this.#removeFile(id);
      }
      return isUnconfirmed;
    });
  }

  async #removeFile(id: string): Promise<void> {
    await this.#ports.journal.remove(id);
    this.#jobs.delete(id);
    this.#writeErrors.delete(id);
    this.#unreadable.delete(id);
    this.#listeners.notify(undefined);
  }

  /** Another window may have overwritten what this one recorded: then it is written again. */
  async #loadOne(id: string): Promise<void> {
    // A file that cannot be opened counts as damaged: it must not hide the others.
    const text = await this.#ports.journal.read(id).catch((error: unknown) => {
      this.#ports.log.warn(`The file of job ${id} could not be read: ${String(error)}`);
      return "";
    });
    const job = text === undefined ? undefined : parseJob(text);
    if (text === undefined) {
      // It was deleted after the folder was read.
      this.#jobs.delete(id);
      this.#unreadable.delete(id);
    } else if (job !== undefined) {
      const merged = this.#mergeWithMemory(id, job);
      this.#jobs.set(id, merged);
      this.#unreadable.delete(id);
      if (persistentState(merged) !== persistentState(job)) {
        await this.#write(merged);
      }
    } else {
      const unreadable = readUnreadable(id, text, this.#ports.now());
      if (!this.#unreadable.has(id)) {
        const amount = formatUsd(unreadable.receipt.estimate);
        this.#ports.log.warn(
          `The job file ${id} is damaged or of another version. It stays as it is, and counts as about ${amount}.`,
        );
      }
      this.#unreadable.set(id, unreadable);
    }
  }

  /**
   * Merges the file with what this window remembers. The file counts first, unless it could not be
   * written.
   */
  #mergeWithMemory(id: string, stored: Job): Job {
    const remembered = this.#jobs.get(id);
    if (remembered === undefined) {
      return stored;
    }
    return this.#writeErrors.has(id) ? mergeJobs(remembered, stored) : mergeJobs(stored, remembered);
  }

  async #write(job: Job): Promise<void> {
    try {
      await this.#ports.journal.write(job.taskUUID, JSON.stringify({ ...job, progress: undefined }), isPending(job));
      this.#writeErrors.delete(job.taskUUID);
    } catch (error) {
      this.#writeErrors.set(job.taskUUID, error);
      this.#ports.log.error(`The state of job ${job.taskUUID} could not be written: ${String(error)}`);
    }
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
    if (text !== undefined && isOtherVersion(text)) {
      throw new LimnError(
        "files",
        l10n.t("This request belongs to another version of Limn, which another window uses."),
      );
    }
    const stored = text === undefined ? undefined : parseJob(text);
    const before = stored === undefined ? this.#jobs.get(id) : this.#mergeWithMemory(id, stored);
    if (before === undefined) {
      throw new Error(`There is no job ${id}.`);
    }
    const after = change(before);
    if (persistentState(after) === persistentState(stored ?? before) && !this.#writeErrors.has(id)) {
      this.#setAndNotify(after);
      return after;
    }
    const stamped = { ...after, updatedAt: this.#ports.now() };
    await this.#write(stamped);
    this.#setAndNotify(stamped);
    return stamped;
  }

  #setAndNotify(job: Job): void {
    this.#jobs.set(job.taskUUID, job);
    this.#listeners.notify(job);
  }
}
