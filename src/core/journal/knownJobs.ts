import type { Job } from "../jobs/job.ts";
import type { UnreadableJob } from "./unreadableJob.ts";

/** A job as its file was at a version; see `JournalPort.version`. */
export interface StoredJob {
  /** Name of the file. */
  readonly id: string;
  readonly version: string;
  readonly job: Job;
}

/** A job, and its state in the list, which has none of a new job. */
interface Change {
  readonly before: Job | undefined;
  readonly job: Job;
}

/**
 * Maximum number of changes that are made in the list one by one; sorting all jobs takes
 * milliseconds.
 */
const maxChanges = 10;

/** The list, newest first, with a job instead of its earlier state, or as a new one. */
function withChange(sorted: readonly Job[], { before, job }: Change): readonly Job[] {
  if (before?.createdAt === job.createdAt) {
    return sorted.with(sorted.indexOf(before), job);
  }
  const others = before === undefined ? sorted : sorted.filter((other) => other !== before);
  const index = others.findIndex(({ createdAt }) => createdAt < job.createdAt);
  return others.toSpliced(index < 0 ? others.length : index, 0, job);
}

/** What a window remembers of the job files. */
export class KnownJobs {
  readonly #jobs = new Map<string, Job>();
  /** The version of each file that has the same content as the job here. */
  readonly #versions = new Map<string, string>();
  /**
   * Files that cannot be read as a job. They are never changed, and count as far as they can be
   * read.
   */
  readonly #unreadable = new Map<string, UnreadableJob>();
  /** All jobs and receipts, newest first; `undefined` if they have to be sorted again. */
  #sorted: readonly Job[] | undefined;
  /** What has changed in the list since. */
  #changes: Change[] = [];

  get(id: string): Job | undefined {
    return this.#jobs.get(id);
  }

  has(id: string): boolean {
    return this.#jobs.has(id);
  }

  /** Whether the file could not be read as a job. */
  isUnreadable(id: string): boolean {
    return this.#unreadable.has(id);
  }

  /** The ids of all jobs and of the files that cannot be read. */
  get ids(): string[] {
    return [...this.#jobs.keys(), ...this.#unreadable.keys()];
  }

  /** Number of jobs. */
  get size(): number {
    return this.#jobs.size;
  }

  /** The version of the file that has the same content as the job here, if that is known. */
  versionOf(id: string): string | undefined {
    return this.#versions.get(id);
  }

  /** Whether each file is known to have the same content as its job here. */
  get areAllStored(): boolean {
    return this.#versions.size === this.#jobs.size && this.#unreadable.size === 0;
  }

  /**
   * Sets the job of a file. `version` is that of the file, if the file has the same content.
   *
   * @param id name of the file, which is the job's `taskUUID` unless the user has copied it.
   */
  set(id: string, job: Job, version?: string): void {
    // While thousands of files are read, the list is not made again for each of them.
    const isFew = this.#changes.length < maxChanges && !this.#unreadable.has(id);
    this.#sorted = isFew ? this.#sorted : undefined;
    this.#changes = this.#sorted === undefined ? [] : [...this.#changes, { before: this.#jobs.get(id), job }];
    this.#jobs.set(id, job);
    if (version === undefined) {
      this.#versions.delete(id);
    } else {
      this.#versions.set(id, version);
    }
  }

  /** Sets a file that cannot be read. A job that is known under its id stays known. */
  setUnreadable(job: UnreadableJob): void {
    this.#unreadable.set(job.taskUUID, job);
    this.#versions.delete(job.taskUUID);
    this.#sorted = undefined;
  }

  /** Forgets that the file could not be read. */
  deleteUnreadable(id: string): void {
    if (this.#unreadable.delete(id)) {
      this.#sorted = undefined;
    }
  }

  delete(id: string): void {
    this.#jobs.delete(id);
    this.#versions.delete(id);
    this.#unreadable.delete(id);
    this.#sorted = undefined;
  }

  /** Files that cannot be read as a job and that are not known as one. */
  unreadable(): UnreadableJob[] {
    return [...this.#unreadable.values()].filter(({ taskUUID }) => !this.#jobs.has(taskUUID));
  }

  /**
   * The jobs whose files have the same content, with the versions of the files. Newest first: jobs
   * that are read in this order are sorted quickly. A job that changes meanwhile is returned as it
   * is when its turn comes, and one that is removed is left out.
   */
  *stored(): Generator<StoredJob> {
    for (const [id] of [...this.#jobs].sort(([, one], [, other]) => other.createdAt - one.createdAt)) {
      const [job, version] = [this.#jobs.get(id), this.#versions.get(id)];
      if (job !== undefined && version !== undefined) {
        yield { id, version, job };
      }
    }
  }

  /** All jobs, and a receipt for each file that cannot be read, newest first. */
  list(): readonly Job[] {
    this.#sorted = this.#sorted === undefined ? this.#sort() : this.#changes.reduce(withChange, this.#sorted);
    this.#changes = [];
    return this.#sorted;
  }

  #sort(): readonly Job[] {
    const receipts = this.unreadable().map(({ receipt, reason }) => ({ ...receipt, unreadable: reason }));
    return [...this.#jobs.values(), ...receipts].sort((one, other) => other.createdAt - one.createdAt);
  }
}
