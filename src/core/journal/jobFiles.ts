import { describeDiskError } from "../diskError.ts";
import { isPending, type Job } from "../jobs/job.ts";
import { parseJob } from "../jobs/jobSchema.ts";
import type { Ports } from "../ports.ts";
import { mergeJobs } from "./mergeJobs.ts";

/** Writes job files, and remembers which jobs could not be written. */
export class JobFiles {
  readonly #ports: Pick<Ports, "journal" | "log">;
  /** Errors of jobs whose latest state could not be written. */
  readonly #errors = new Map<string, unknown>();
  /** What this window was the last to write of unfinished jobs, as text and parsed. */
  readonly #written = new Map<string, { readonly text: string; readonly job: Job }>();

  constructor(ports: Pick<Ports, "journal" | "log">) {
    this.#ports = ports;
  }

  /** Writes a new job. Rejects with the disk's error if that fails. */
  async create(job: Job): Promise<void> {
    try {
      await this.#write(job);
    } catch (error) {
      // The file may exist even so, if only the last step of writing failed.
      await this.#ports.journal.remove(job.taskUUID).catch(() => undefined);
      throw error;
    }
  }

  /** Writes a job. A failure is logged, and `isUnwritten` returns true until a write succeeds. */
  async write(job: Job): Promise<void> {
    try {
      await this.#write(job);
      this.#errors.delete(job.taskUUID);
    } catch (error) {
      this.#errors.set(job.taskUUID, error);
      this.#ports.log.error(`The state of job ${job.taskUUID} could not be written: ${String(error)}`);
    }
  }

  async #write(job: Job): Promise<void> {
    const { progress: _, ...written } = job;
    const [id, text, pending] = [job.taskUUID, JSON.stringify(written), isPending(job)];
    this.#written.delete(id);
    await this.#ports.journal.write(id, text, pending);
    if (pending) {
      this.#written.set(id, { text, job: written });
    }
  }

  /**
   * Parses the text of a job's file. One that this window has just written is not parsed again: an
   * unfinished job changes with each of its pictures.
   *
   * @returns `undefined` if it is damaged or of another version.
   */
  parse(id: string, text: string): Job | undefined {
    const written = this.#written.get(id);
    if (written?.text === text) {
      return written.job;
    }
    // Another window has written the file since, and may have finished the job.
    this.#written.delete(id);
    return parseJob(text);
  }

  async remove(id: string): Promise<void> {
    await this.#ports.journal.remove(id);
    this.forget(id);
  }

  /** Forgets a job whose file was removed. */
  forget(id: string): void {
    this.#errors.delete(id);
    this.#written.delete(id);
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
