import * as z from "zod/mini";
import { createConcurrencyLimit } from "../concurrencyLimit.ts";
import type { Job } from "../jobs/job.ts";
import type { Ports } from "../ports.ts";
import type { KnownJobs, StoredJob } from "./knownJobs.ts";
import { SharedValues } from "./sharedValues.ts";

/** Files that may be read one by one before a new index is worth its size. */
const maxUnindexedFiles = 200;

/** Another one whenever `jobSchema` reads a file in another way. */
const format = 6;

/**
 * A job was parsed from its file before it was written here, and the host leaves out damaged lines.
 * So it is not parsed again: for ten thousand jobs that takes a tenth of a second and 140 MB.
 */
const lineSchema = z.object({
  format: z.literal(format),
  id: z.string(),
  version: z.string(),
  job: z.custom<Job>((value) => typeof value === "object" && value !== null),
});

function parseLine(line: string): StoredJob | undefined {
  try {
    return lineSchema.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}

function* linesOf(jobs: KnownJobs): Generator<string> {
  for (const { id, version, job } of jobs.stored()) {
    yield JSON.stringify({ format, id, version, job: { ...job, progress: undefined } });
  }
}

/**
 * One file with the content of many job files, because reading ten thousand files takes seconds.
 * The job files stay the truth: a line counts only if its file still has the same version, so an
 * index that is missing, damaged or out of date costs time and nothing else.
 */
export class JobIndex {
  readonly #ports: Pick<Ports, "journal" | "log">;
  /** Files that were read one by one since the index was written. */
  #unindexedCount = 0;
  /** Writing and deleting run one after the other, so that a deleted index is not written again. */
  readonly #limit = createConcurrencyLimit(1);

  constructor(ports: Pick<Ports, "journal" | "log">) {
    this.#ports = ports;
  }

  /** Reads all jobs of the index. Lines that cannot be read are left out. */
  async read(): Promise<ReadonlyMap<string, StoredJob>> {
    const jobs = new Map<string, StoredJob>();
    const shared = new SharedValues();
    try {
      for await (const line of this.#ports.journal.readIndex()) {
        const indexed = parseLine(line);
        if (indexed !== undefined) {
          jobs.set(indexed.id, { ...indexed, job: shared.in(indexed.job) });
        }
      }
    } catch (error) {
      this.#ports.log.warn(`The index of the jobs could not be read: ${String(error)}`);
    }
    return jobs;
  }

  /** Called for each file that was read although there may be an index. */
  countUnindexed(): void {
    this.#unindexedCount++;
  }

  /** Writes the index if many files had to be read one by one. */
  update(jobs: KnownJobs): Promise<void> {
    return this.#limit(() => this.#write(jobs));
  }

  async #write(jobs: KnownJobs): Promise<void> {
    if (Math.min(this.#unindexedCount, jobs.size) <= maxUnindexedFiles) {
      return;
    }
    try {
      await this.#ports.journal.writeIndex(linesOf(jobs));
      this.#unindexedCount = 0;
    } catch (error) {
      this.#ports.log.warn(`The index of the jobs could not be written: ${String(error)}`);
    }
  }

  /** Deletes the index. The next `update` writes it again. */
  remove(): Promise<void> {
    return this.#limit(() => this.#delete());
  }

  async #delete(): Promise<void> {
    this.#unindexedCount = Number.POSITIVE_INFINITY;
    await this.#ports.journal
      .removeIndex()
      .catch((error: unknown) => this.#ports.log.warn(`The index of the jobs could not be deleted: ${String(error)}`));
  }
}
