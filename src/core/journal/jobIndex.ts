import { createConcurrencyLimit } from "../concurrencyLimit.ts";
import type { Ports } from "../ports.ts";
import type { KnownJobs, StoredJob } from "./knownJobs.ts";
import { SharedValues } from "./sharedValues.ts";

/** Files that may be read one by one before a new index is worth its size. */
const maxUnindexedFiles = 200;

/** Another one whenever `jobSchema` reads a file in another way. */
const format = 6;

/** A line of the index. */
interface Line extends StoredJob {
  readonly format: typeof format;
}

/**
 * A job was parsed from its file before it was written here, and the host leaves out damaged lines.
 * So it is not parsed again: for ten thousand jobs that takes a tenth of a second and 140 MB.
 */
const isLine = (value: unknown): value is Line =>
  typeof value === "object" && value !== null && "format" in value && value.format === format;

function parseLine(line: string, shared: SharedValues): StoredJob | undefined {
  try {
    const parsed: unknown = JSON.parse(line);
    if (!isLine(parsed)) {
      return undefined;
    }
    const { id, version, job } = parsed;
    // Equal strings from JSON are two; one of them is enough.
    return { id: id === job.taskUUID ? job.taskUUID : id, version, job: shared.shareIn(job) };
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

  /**
   * Reads the jobs of the index, some at a time: jobs that are not needed must not be in memory
   * together with those that are. Lines that cannot be read are left out.
   */
  async *read(): AsyncGenerator<readonly StoredJob[]> {
    const shared = new SharedValues();
    try {
      for await (const lines of this.#ports.journal.readIndex()) {
        yield Array.from(lines, (line) => parseLine(line, shared) ?? []).flat();
      }
    } catch (error) {
      this.#ports.log.warn(`The index of the jobs could not be read: ${String(error)}`);
    }
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
