import type { ListedJob } from "../../../src/core/sheet/listedJob.ts";
import { PageFeed } from "../../../src/host/panel/feed/pageFeed.ts";
import { isOpen, isStored } from "../../../src/panel/shared/jobState.ts";
import type {
  Intent,
  JobView,
  PictureRef,
  PictureView,
  PromptView,
  Snapshot,
  SnapshotMessage,
  UpdateMessage,
} from "../../../src/protocol.ts";

/** All that the host of a panel knows. */
export interface PanelContent
  extends Omit<Snapshot, "queue" | "sheet" | "places" | "prompts" | "savedPrompts" | "lastDiscarded"> {
  /** Newest first. */
  readonly jobs: readonly JobView[];
  readonly saved: readonly PromptView[];
  readonly history: readonly PromptView[];
  readonly lastDiscarded?: PictureRef & { readonly number: number; readonly others?: number };
  /** Ids of jobs of other workspaces. */
  readonly elsewhere?: readonly string[];
}

const listPicture = ({ id, kept, isStarred }: PictureView, isDiscarded: boolean) => ({
  id,
  isKept: kept.length > 0,
  isStarred,
  isDiscarded,
});

/** Lists a job as the host does it from the job's file. */
const listJobView = (job: JobView, elsewhere: readonly string[] = []): ListedJob => ({
  id: job.id,
  prompt: job.prompt,
  isOpen: isOpen(job),
  pending: isOpen(job)
    ? job.count - job.failures.length - [...job.pictures, ...(job.discarded ?? [])].filter(isStored).length
    : 0,
  isInQueue: job.state !== "done" || !job.pictures.every(isStored) || job.unmade !== undefined,
  isElsewhere: elsewhere.includes(job.id),
  pictures: [
    ...job.pictures.filter(isStored).map((picture) => listPicture(picture, false)),
    ...(job.discarded ?? []).filter(isStored).map((picture) => listPicture(picture, true)),
  ],
});

/** Answers a page as the host does, from views instead of job files. */
export class PanelHost {
  #content: PanelContent;
  #jobs = new Map<string, JobView>();
  #listed: readonly ListedJob[] = [];
  readonly #feed = new PageFeed({
    fields: () => this.#fields(),
    jobs: () => this.#listed,
    jobView: (id) => this.#jobs.get(id),
    prompts: () => this.#content,
    isFollowed: (id) => this.#jobs.get(id)?.isFollowed === true,
    isUnsent: (id) => this.#jobs.get(id)?.isUnsent === true,
  });

  constructor(content: PanelContent) {
    this.#content = content;
    this.show(content);
  }

  get content(): PanelContent {
    return this.#content;
  }

  /** Changes what the host knows. */
  show(content: PanelContent): void {
    const before = this.#jobs;
    this.#content = content;
    this.#jobs = new Map(content.jobs.map((job) => [job.id, job]));
    this.#listed = content.jobs.map((job) => listJobView(job, content.elsewhere));
    for (const [id, job] of this.#jobs) {
      if (before.get(id) !== job) {
        this.#feed.noteChange(id);
      }
    }
  }

  /** What a page is to be sent now. */
  messages(): UpdateMessage[] {
    const message = this.#feed.next();
    return message === undefined ? [] : [message];
  }

  /** Handles a message of the page and returns the answers. */
  receive(intent: Intent): (SnapshotMessage | UpdateMessage)[] {
    if (intent.type === "ready") {
      this.#feed.stop();
      return [this.#feed.start(), ...this.messages()];
    }
    if (intent.type === "showSheet") {
      this.#feed.showSheet(intent);
    } else if (intent.type === "findPrompts") {
      this.#feed.findPrompts(intent.search);
    }
    return this.messages();
  }

  #fields() {
    const { jobs: _, saved, history: __, elsewhere: ___, lastDiscarded, ...fields } = this.#content;
    return {
      ...fields,
      savedPrompts: saved.length,
      ...(lastDiscarded === undefined
        ? {}
        : { lastDiscarded: { ...lastDiscarded, prompt: this.#jobs.get(lastDiscarded.job)?.prompt ?? "" } }),
    };
  }
}
