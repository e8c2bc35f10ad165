import { forEachConcurrently } from "../forEachConcurrently.ts";
import { type Job, persistentState } from "../jobs/job.ts";
import { isSpendingFinal } from "../money/spending.ts";
import { formatUsd } from "../money/usd.ts";
import type { Ports } from "../ports.ts";
import type { SerialQueues } from "../serialQueues.ts";
import { unreadableFolderError } from "../unreadableFolder.ts";
import type { JobFiles } from "./jobFiles.ts";
import { JobIndex } from "./jobIndex.ts";
import type { KnownJobs } from "./knownJobs.ts";
import { readUnreadable } from "./unreadableJob.ts";

/** Maximum number of files that are read at a time. */
const maxReads = 32;

/** Number of files that are looked at together. */
const groupSize = 250;

/** What a loader works with. */
interface JobLoaderDeps {
  readonly ports: Pick<Ports, "journal" | "now" | "log">;
  readonly jobs: KnownJobs;
  readonly files: JobFiles;
  /** Changes of one job run one after the other. */
  readonly queues: SerialQueues;
}

/** Reads the job files that this window does not know as they are. */
export class JobLoader {
  readonly #deps: JobLoaderDeps;
  readonly #index: JobIndex;
  #loading: Promise<void> | undefined;
  #isLoaded = false;
  /** The version of all files, when they were read last. */
  #listVersion: string | undefined;

  constructor(deps: JobLoaderDeps) {
    this.#deps = deps;
    this.#index = new JobIndex(deps.ports);
  }

  /** Whether all files have been read once. */
  get isLoaded(): boolean {
    return this.#isLoaded;
  }

  /** See `Journal.load`. */
  load(): Promise<void> {
    this.#loading ??= this.#loadAll().finally(() => {
      this.#loading = undefined;
    });
    return this.#loading;
  }

  /** See `Journal.reload`. */
  async reload(): Promise<void> {
    // A running reading may already be past the file in question. Its error goes to its own
    // caller.
    await this.#loading?.catch(() => undefined);
    // Pictures are deleted because of what it sees, and not every folder gets a new time.
    this.#listVersion = undefined;
    await this.load();
  }

  /** See `Journal.reloadSpending`. */
  async reloadSpending(): Promise<void> {
    await this.#loading?.catch(() => undefined);
    if (!this.#isLoaded) {
      return this.load();
    }
    const isFinal = (job: Job | undefined) => job !== undefined && isSpendingFinal(job);
    await this.#readFiles(
      async (ids) => ids.filter((id) => !isFinal(this.#deps.jobs.get(id))),
      (id) => this.#loadFile(id),
    );
  }

  /** Deletes the index; the next `load` makes it again. */
  removeIndex(): Promise<void> {
    return this.#index.remove();
  }

  async #loadAll(): Promise<void> {
    const { ports, jobs } = this.#deps;
    // Taken before the files are read: if one changes meanwhile, the next reading sees another
    // version.
    const listVersion = await ports.journal.listVersion().catch(() => undefined);
    // A file that could not be read or written may be readable or writable now.
    if (listVersion !== undefined && listVersion === this.#listVersion && jobs.areAllStored) {
      return;
    }
    const indexed = this.#isLoaded ? undefined : await this.#loadIndexed();
    await this.#readFiles(
      async (ids) => {
        const unchanged = indexed ?? (await this.#findUnchanged(ids));
        return ids.filter((id) => !unchanged.has(id));
      },
      (id) => this.#loadIfChanged(id),
    );
    this.#isLoaded = true;
    this.#listVersion = listVersion;
    await this.#index.update(jobs);
  }

  /** Calls `read` for each selected file, and forgets the jobs whose file was deleted. */
  async #readFiles(
    select: (ids: readonly string[]) => Promise<readonly string[]>,
    read: (id: string) => Promise<void>,
  ): Promise<void> {
    const { ports, jobs, queues } = this.#deps;
    const before = jobs.ids;
    const ids = await ports.journal.list().catch((cause: unknown) => {
      throw unreadableFolderError(ports.log, cause);
    });
    await forEachConcurrently(await select(ids), maxReads, (id) => queues.run(id, () => read(id)));
    const listed = new Set(ids);
    for (const id of before.filter((id) => !listed.has(id))) {
      this.#forget(id);
    }
  }

  /** Forgets a job whose file was deleted. */
  #forget(id: string): void {
    this.#deps.jobs.delete(id);
    this.#deps.files.forget(id);
  }

  /**
   * Takes the jobs of the index whose files were not replaced since. Resolves to their ids. A job
   * whose file is being removed is taken too, but its file is not listed any more afterwards.
   */
  async #loadIndexed(): Promise<ReadonlySet<string>> {
    const { jobs } = this.#deps;
    const unchanged = new Set<string>();
    for await (const group of this.#index.read()) {
      const versions = await this.#versionsOf(group.map(({ id }) => id));
      for (const [index, { id, version, job }] of group.entries()) {
        if (version === versions[index] && !jobs.has(id)) {
          jobs.set(id, job, version);
          unchanged.add(id);
        }
      }
    }
    return unchanged;
  }

  /** The ids of the jobs whose files were not replaced since they were read. */
  async #findUnchanged(ids: readonly string[]): Promise<ReadonlySet<string>> {
    const { jobs } = this.#deps;
    const known = ids.filter((id) => jobs.versionOf(id) !== undefined);
    const unchanged = new Set<string>();
    for (let start = 0; start < known.length; start += groupSize) {
      const group = known.slice(start, start + groupSize);
      const versions = await this.#versionsOf(group);
      for (const [index, id] of group.entries()) {
        if (versions[index] !== undefined && versions[index] === jobs.versionOf(id)) {
          unchanged.add(id);
        }
      }
    }
    return unchanged;
  }

  /** The version of a file; `undefined` also if the disk reports an error: reading it logs that. */
  async #versionOf(id: string): Promise<string | undefined> {
    return this.#deps.ports.journal.version(id).catch(() => undefined);
  }

  /** The versions of files. One that cannot be looked at must not hide the others. */
  async #versionsOf(ids: readonly string[]): Promise<readonly (string | undefined)[]> {
    const together = this.#deps.ports.journal.versions(ids);
    return together.catch(() => Promise.all(ids.map((id) => this.#versionOf(id))));
  }

  /** Reads a file if it was replaced since. */
  async #loadIfChanged(id: string): Promise<void> {
    const { jobs } = this.#deps;
    const version = await this.#versionOf(id);
    if (version !== undefined && version === jobs.versionOf(id)) {
      return;
    }
    this.#index.countUnindexed();
    await this.#loadFile(id, version);
  }

  /**
   * Reads a file. Another window may have overwritten what this one recorded: then it is written
   * again.
   *
   * @param version the file's version before the call: if it is replaced meanwhile, the next
   * reading sees another version.
   */
  async #loadFile(id: string, version?: string): Promise<void> {
    const { ports, jobs, files } = this.#deps;
    // A file that cannot be opened counts as damaged: it must not hide the others.
    const text = await ports.journal.read(id).catch((error: unknown) => {
      ports.log.warn(`The file of job ${id} could not be read: ${String(error)}`);
      return "";
    });
    const job = text === undefined ? undefined : files.parse(id, text);
    if (text === undefined) {
      // It was deleted after the folder was read.
      this.#forget(id);
    } else if (job !== undefined) {
      const merged = files.mergeWith(id, jobs.get(id), job);
      const isSame = persistentState(merged) === persistentState(job);
      jobs.set(id, merged, isSame ? version : undefined);
      jobs.deleteUnreadable(id);
      if (!isSame) {
        await files.write(merged);
      }
    } else {
      this.#setUnreadable(id, text);
    }
  }

  #setUnreadable(id: string, text: string): void {
    const { ports, jobs } = this.#deps;
    const unreadable = readUnreadable(id, text, ports.now());
    if (!jobs.isUnreadable(id)) {
      const amount = formatUsd(unreadable.receipt.estimate);
      ports.log.warn(
        `The job file ${id} is damaged or of another version. It stays as it is, and counts as about ${amount}.`,
      );
    }
    jobs.setUnreadable(unreadable);
  }
}
