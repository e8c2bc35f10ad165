import { Uri, workspace } from "vscode";
import type { Job } from "../../core/jobs/job.ts";
import { LastActivity } from "../../core/jobs/lastActivity.ts";
import { parseVaultName } from "../../core/pictures/vaultName.ts";
import { type ListedJob, listJob } from "../../core/sheet/listedJob.ts";
import { inSlices } from "../../core/slices.ts";
import type { JobView } from "../../protocol.ts";
import type { Services } from "../services.ts";
import { shownPath } from "../workspace/workspaceFolders.ts";
import type { JobStatuses } from "./feed/queueView.ts";
import { jobView } from "./jobView.ts";
import { memoize } from "./memoize.ts";
import { isInWorkspace } from "./pictures/editedFile.ts";
import type { FolderIndex } from "./pictures/folderIndex.ts";
import { thumbnailName } from "./pictures/thumbnailName.ts";

/** The list of all jobs, and the journal's list that it was made from. */
interface MadeList {
  readonly all: readonly Job[];
  readonly listed: readonly ListedJob[];
}

/** A view, and the facts outside of its job that it was made from. */
interface MadeView {
  readonly facts: string;
  readonly view: JobView | undefined;
}

/** Whether nothing has changed that the list has, such as after a job's progress. */
const isSameListed = (one: ListedJob, other: ListedJob): boolean =>
  one.id === other.id && JSON.stringify(one) === JSON.stringify(other);

/**
 * The jobs as the panel shows them. There may be thousands, so what is made of a job is kept until
 * the job or its files change.
 */
export class PanelJobs implements JobStatuses {
  readonly #services: Services;
  readonly #vaultIndex: FolderIndex;
  readonly #lastActivity = new LastActivity();
  readonly #isInWorkspace = memoize(isInWorkspace);
  readonly #shownPath = memoize((uri) => shownPath(Uri.parse(uri)));
  #listed = new WeakMap<Job, ListedJob>();
  #list: MadeList | undefined;
  #views = new WeakMap<Job, MadeView>();
  #isRead = false;

  constructor(services: Services, vaultIndex: FolderIndex) {
    this.#services = services;
    this.#vaultIndex = vaultIndex;
  }

  /** Lists the jobs of the journal for the first time, without holding the thread for long. */
  async read(closing: AbortSignal): Promise<void> {
    const { jobs, ports } = this.#services;
    if (this.#isRead) {
      return;
    }
    await inSlices(jobs.journal.list(), (job) => void this.#listJob(job), ports, closing);
    this.#isRead = true;
  }

  /**
   * All jobs, newest first; `undefined` until they are read. The same array while nothing changes
   * that it has.
   */
  list(): readonly ListedJob[] | undefined {
    if (!this.#isRead) {
      return undefined;
    }
    const { journal } = this.#services.jobs;
    const all = journal.listAll();
    if (this.#list?.all !== all) {
      const before = this.#list?.listed ?? [];
      const listed = journal.list().map((job, index) => this.#listJob(job, before[index]));
      const isSame = listed.length === before.length && listed.every((job, index) => job === before[index]);
      this.#list = { all, listed: isSame ? before : listed };
    }
    return this.#list.listed;
  }

  /** The view of a job; `undefined` if there is no such job, or nothing of it to show. */
  view(id: string): JobView | undefined {
    const job = this.#services.jobs.journal.get(id);
    if (job === undefined || job.forgotten === true) {
      return undefined;
    }
    const facts = this.#factsOf(job);
    const made = this.#views.get(job);
    if (made?.facts === facts) {
      return made.view;
    }
    const view = jobView(job, {
      family: this.#services.family,
      isFollowed: (id) => this.isFollowed(id),
      isUnsent: (id) => this.isUnsent(id),
      isInVault: (file) => this.#vaultIndex.has(file),
      hasThumbnail: (name) => this.#services.thumbnails.index.has(name),
      isInWorkspace: this.#isInWorkspace.get,
      lastActivityAt: (job) => this.#lastActivity.get(job),
      shownPath: this.#shownPath.get,
    });
    this.#views.set(job, { facts, view });
    return view;
  }

  isFollowed(id: string): boolean {
    return this.#services.jobs.isFollowed(id);
  }

  isUnsent(id: string): boolean {
    return this.#services.jobs.isUnsent(id);
  }

  /** Records when a job has changed. */
  recordActivity(job: Job): void {
    this.#lastActivity.record(job, this.#services.ports.now());
  }

  /** Called when files of the vault appear or disappear; without names, when any may have. */
  onFilesChange(names: readonly string[] | undefined): void {
    this.#list = this.#list && { ...this.#list, all: [] };
    for (const name of names ?? []) {
      const job = this.#services.jobs.journal.get(parseVaultName(name)?.[0] ?? "");
      if (job === undefined) {
        // The file of an earlier version, or of a job of another window.
        this.#listed = new WeakMap();
        return;
      }
      this.#listed.delete(job);
    }
    if (names === undefined) {
      this.#listed = new WeakMap();
    }
  }

  /** Called when folders are added to the workspace or removed from it. */
  onFoldersChange(): void {
    this.#isInWorkspace.clear();
    this.#shownPath.clear();
    this.#views = new WeakMap();
    this.#listed = new WeakMap();
    this.#list = this.#list && { ...this.#list, all: [] };
  }

  /** `before`: what may be the same job before its last change. */
  #listJob(job: Job, before?: ListedJob): ListedJob {
    const known = this.#listed.get(job);
    if (known !== undefined) {
      return known;
    }
    const made = listJob(job, {
      isInVault: (file) => this.#vaultIndex.has(file),
      isElsewhere: (folder) => (workspace.workspaceFolders ?? []).length > 0 && !this.#isInWorkspace.get(folder),
    });
    const listed = before !== undefined && isSameListed(made, before) ? before : made;
    this.#listed.set(job, listed);
    return listed;
  }

  #factsOf(job: Job): string {
    const { taskUUID: id, pictures } = job;
    const ofPictures = pictures.map((picture) => {
      const [isStored, hasThumbnail] = [
        this.#vaultIndex.has(picture.file ?? ""),
        this.#services.thumbnails.index.has(thumbnailName(picture)),
      ];
      return `${Number(isStored)}${Number(hasThumbnail)}`;
    });
    return [this.isFollowed(id), this.isUnsent(id), this.#lastActivity.get(job), ...ofPictures].join();
  }
}
