import * as z from "zod/mini";
import { createConcurrencyLimit } from "../concurrencyLimit.ts";
import type { Ports } from "../ports.ts";
import { jobSchema } from "./job.ts";
import type { KnownJobs, StoredJob } from "./knownJobs.ts";

/** Files that may be read one by one before a new index is worth its size. */
const maxUnindexedFiles = 200;

const lineSchema = z.object({ id: z.string(), version: z.string(), job: jobSchema });

function parseLine(line: string): StoredJob | undefined {
  try {
    return lineSchema.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}

function* linesOf(jobs: KnownJobs): Generator<string> {
  for (const { id, version, job } of jobs.stored()) {
    yield `${JSON.stringify({ id, version, job: { ...job, progress: undefined } })}\n`;
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
    try {
      for await (const line of this.#ports.journal.readIndex()) {
        const indexed = parseLine(line);
        if (indexed !== undefined) {
          jobs.set(indexed.id, indexed);
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
