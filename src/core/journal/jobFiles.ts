import { describeDiskError } from "../diskError.ts";
import { isPending, type Job } from "../jobs/job.ts";
import type { Ports } from "../ports.ts";
import { mergeJobs } from "./mergeJobs.ts";

/** Writes job files, and remembers which jobs could not be written. */
export class JobFiles {
  readonly #ports: Pick<Ports, "journal" | "log">;
  /** Errors of jobs whose latest state could not be written. */
  readonly #errors = new Map<string, unknown>();

  constructor(ports: Pick<Ports, "journal" | "log">) {
    this.#ports = ports;
  }

  /** Writes a new job. Rejects with the disk's error if that fails. */
  async create(job: Job): Promise<void> {
    const { journal } = this.#ports;
    try {
      await journal.write(job.taskUUID, JSON.stringify(job), isPending(job));
    } catch (error) {
      // The file may exist even so, if only the last step of writing failed.
      await journal.remove(job.taskUUID).catch(() => undefined);
      throw error;
    }
  }

  /** Writes a job. A failure is logged, and `isUnwritten` returns true until a write succeeds. */
  async write(job: Job): Promise<void> {
    const { journal, log } = this.#ports;
    try {
      await journal.write(job.taskUUID, JSON.stringify({ ...job, progress: undefined }), isPending(job));
      this.#errors.delete(job.taskUUID);
    } catch (error) {
      this.#errors.set(job.taskUUID, error);
      log.error(`The state of job ${job.taskUUID} could not be written: ${String(error)}`);
    }
  }

  async remove(id: string): Promise<void> {
    await this.#ports.journal.remove(id);
    this.#errors.delete(id);
  }

  /** Whether the latest state of the job is not on disk. */
  isUnwritten(id: string): boolean {
    return this.#errors.has(id);
  }

  /**
   * Merges what a file has with what this window remembers. The file counts first, unless the
   * memory could not be written.
   */
  mergeWith(id: string, remembered: Job | undefined, stored: Job): Job {
    if (remembered === undefined) {
      return stored;
    }
    return this.isUnwritten(id) ? mergeJobs(remembered, stored) : mergeJobs(stored, remembered);
  }

  /** Why the latest state of the job is not on disk, as a sentence; `undefined` if it is. */
  unwrittenReason(id: string): string | undefined {
    return this.#errors.has(id) ? describeDiskError(this.#errors.get(id)) : undefined;
  }
}
