import type { ListedJob } from "../../../core/sheet/listedJob.ts";
import { SheetIndex, type SheetQuery } from "../../../core/sheet/sheetIndex.ts";
import type {
  JobView,
  OptionalFields,
  PictureRef,
  PromptsView,
  QueueView,
  SheetPlaces,
  SheetView,
  Snapshot,
  SnapshotMessage,
  UpdateMessage,
} from "../../../protocol.ts";
import { type PromptLists, promptsView } from "../prompts/promptsView.ts";
import { type JobStatuses, queueView } from "./queueView.ts";
import { SentJobs } from "./sentJobs.ts";

/** A query of the page for its sheet. */
export interface NumberedSheetQuery extends SheetQuery {
  /** Grows with each query. */
  readonly queryNumber: number;
}

/** What the feed reads: the current state of everything that the page may show. */
export interface FeedSource extends JobStatuses {
  /** All fields but those of the jobs and the open list of prompts. */
  fields(): Omit<Snapshot, keyof JobFields>;
  /**
   * All jobs, newest first; `undefined` until they are read. The same array while they are the
   * same.
   */
  jobs(): readonly ListedJob[] | undefined;
  /** `undefined` if there is no such job, or nothing of it to show. */
  jobView(id: string): JobView | undefined;
  prompts(): PromptLists;
}

/** Fields that the feed makes itself. */
interface JobFields {
  readonly prompts?: PromptsView;
  readonly queue?: QueueView;
  readonly sheet?: SheetView;
  readonly places?: SheetPlaces;
}

/** An answer, and what it depends on. */
interface AnsweredQuery {
  readonly jobs: readonly ListedJob[];
  /** The open jobs that this window waits for. */
  readonly followed: string;
  readonly query: NumberedSheetQuery;
  readonly fields: JobFields;
}

/** The fields that may be absent. */
const optionalFields: Readonly<Record<keyof OptionalFields, true>> = {
  unknownModel: true,
  draftUpdate: true,
  targets: true,
  lastError: true,
  prompts: true,
  queue: true,
  sheet: true,
  places: true,
  vaultBytes: true,
  lastDiscarded: true,
  reveal: true,
};

const isOptional = (name: string): name is keyof OptionalFields => Object.hasOwn(optionalFields, name);

/**
 * What one page of the panel is sent: first the form, then what has changed since the last message.
 * A message has the jobs that the page shows, and not all jobs.
 */
export class PageFeed {
  readonly #source: FeedSource;
  readonly #sheetIndex = new SheetIndex();
  /** Each field as it was sent last, as JSON. */
  #sent = new Map<string, string>();
  #sentJobs = new SentJobs();
  #isStarted = false;
  #query: NumberedSheetQuery | undefined;
  /** The last answer, while the jobs are the same. */
  #answered: AnsweredQuery | undefined;
  /** The search of the open list of prompts. */
  #promptSearch: string | undefined;

  constructor(source: FeedSource) {
    this.#source = source;
  }

  /** The first message to a new page: the form. */
  start(): SnapshotMessage {
    this.#sentJobs = new SentJobs();
    this.#isStarted = true;
    const snapshot = this.#source.fields();
    this.#sent = new Map(Object.entries(snapshot).map(([name, value]) => [name, JSON.stringify(value)]));
    return { type: "snapshot", snapshot };
  }

  /** The page is gone: nothing is sent until a new one has started, and its queries are void. */
  stop(): void {
    this.#isStarted = false;
    this.#query = undefined;
    this.#promptSearch = undefined;
  }

  /** Sends this part of the sheet from now on. */
  showSheet(query: NumberedSheetQuery): void {
    this.#query = query;
  }

  /** The picture that is marked to be compared. */
  get marked(): PictureRef | undefined {
    return this.#query?.marked;
  }

  /** Sends the prompts with these words from now on, or none. */
  findPrompts(search: string | undefined): void {
    this.#promptSearch = search;
  }

  /** Sends the job with the next message even if neither queue nor sheet show it. */
  noteChange(job: string): void {
    this.#sentJobs.noteChange(job);
  }

  /** What has changed since the last message; `undefined` if nothing has. */
  next(): UpdateMessage | undefined {
    if (!this.#isStarted) {
      return undefined;
    }
    const { fields: jobFields, open } = this.#jobFields();
    const { changed, removed } = this.#changedFields({ ...this.#source.fields(), ...jobFields });
    const { queue, sheet, places } = jobFields;
    const named = [
      ...(queue?.jobs ?? []),
      ...(sheet?.groups ?? []).map(({ job }) => job),
      ...(places?.selected === undefined ? [] : [places.selected.job]),
    ];
    const jobs = this.#sentJobs.update(named, open, (id) => this.#source.jobView(id));
    return Object.keys(changed).length + removed.length + jobs.jobs.length + jobs.dropped.length === 0
      ? undefined
      : { type: "update", changed, removed, ...jobs };
  }

  /** The open jobs, and the fields that depend on all jobs. */
  #jobFields(): { readonly fields: JobFields; readonly open: readonly string[] } {
    const prompts =
      this.#promptSearch === undefined ? {} : { prompts: promptsView(this.#source.prompts(), this.#promptSearch) };
    const jobs = this.#source.jobs();
    if (jobs === undefined) {
      return { fields: prompts, open: [] };
    }
    const queued = jobs.filter(({ isInQueue }) => isInQueue);
    const open = queued.filter(({ isOpen }) => isOpen).map(({ id }) => id);
    const fields = { ...prompts, queue: queueView(queued, this.#source), ...this.#sheetFields(jobs, open) };
    return { fields, open };
  }

  #sheetFields(jobs: readonly ListedJob[], open: readonly string[]): JobFields {
    if (this.#query === undefined) {
      return {};
    }
    const isFollowed = (id: string) => this.#source.isFollowed(id);
    const followed = open.filter(isFollowed).join();
    const before = this.#answered;
    if (before?.jobs === jobs && before.query === this.#query && before.followed === followed) {
      return before.fields;
    }
    const { queryNumber, ...query } = this.#query;
    const { window, counts, elsewhere, selected, marked } = this.#sheetIndex.answer(jobs, query, isFollowed);
    const fields = {
      sheet: { ...window, counts, elsewhere },
      places: {
        queryNumber,
        ...(selected === undefined ? {} : { selected }),
        ...(marked === undefined ? {} : { marked }),
      },
    };
    // If the anchor disappears, the same rows stay loaded; if the selected picture does, its place
    // decides on the next one.
    this.#query = { ...query, queryNumber, first: window.firstRow, selected, marked };
    this.#answered = { jobs, followed, query: this.#query, fields };
    return fields;
  }

  #changedFields(now: Snapshot): Pick<UpdateMessage, "changed" | "removed"> {
    const before = this.#sent;
    this.#sent = new Map(Object.entries(now).map(([name, value]) => [name, JSON.stringify(value)]));
    const isSame = ([name]: readonly [string, unknown]) => before.get(name) === this.#sent.get(name);
    return {
      changed: Object.fromEntries(Object.entries(now).filter((entry) => !isSame(entry))),
      removed: [...before.keys()].filter((name) => !this.#sent.has(name)).filter(isOptional),
    };
  }
}
