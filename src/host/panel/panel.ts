import { Uri } from "vscode";
import type { Job } from "../../core/jobs/job.ts";
import type { DraftFields, Intent } from "../../protocol.ts";
import { modelFromSettings, unknownModelOfSettings } from "../request/modelSetting.ts";
import type { Services } from "../services.ts";
import { createThrottle } from "../ui/throttle.ts";
import type { Account } from "./account.ts";
import type { Badge } from "./badge.ts";
import { ConnectedPage, type MessageHandler, type PageHolder, type PagePlace } from "./connectedPage.ts";
import { draftDefaults } from "./draft/draftDefaults.ts";
import { DraftProject } from "./draft/draftProject.ts";
import { ShownTargets } from "./draft/shownTargets.ts";
import { type FeedSource, PageFeed } from "./feed/pageFeed.ts";
import { fieldsOf } from "./fields.ts";
import { handleMessage, runFromLightTable } from "./handleMessage.ts";
import type { PanelContext } from "./panelContext.ts";
import { PanelJobs } from "./panelJobs.ts";
import { continueDraft, setDraftUpdate, setReveal } from "./panelState.ts";
import type { FolderIndex, FolderListener } from "./pictures/folderIndex.ts";
import { deleteExpired } from "./pictures/retention.ts";
import { Presses } from "./presses.ts";
import { promptLists } from "./prompts/promptLists.ts";
import type { SavedPrompts } from "./prompts/savedPrompts.ts";

/** What the panel works with. */
export interface PanelDeps {
  readonly services: Services;
  readonly account: Account;
  readonly prompts: SavedPrompts;
  readonly vaultIndex: FolderIndex;
  readonly badge: Badge;
  readonly closing: AbortSignal;
}

/** The panel: sends its page what changes, and handles the page's messages. */
export class Panel {
  readonly #deps: PanelDeps;
  readonly #context: PanelContext;
  readonly #jobs: PanelJobs;
  readonly #feed: PageFeed;
  readonly #project = new DraftProject();
  readonly #page: ConnectedPage;
  readonly #targets: ShownTargets;

  constructor(deps: PanelDeps) {
    this.#deps = deps;
    const { services, prompts, vaultIndex, closing } = deps;
    this.#jobs = new PanelJobs(services, vaultIndex);
    this.#feed = this.createFeed();
    this.#page = new ConnectedPage(this.#feed, {
      onShown: () => void this.#showAgain(),
      handleMessage: (message) => this.handleMessage(message),
    });
    const refresh = createThrottle(
      async () => {
        deps.badge.refresh();
        await this.#page.update();
      },
      (error) => services.log.warn(`The panel could not be updated: ${String(error)}`),
    );
    this.#context = {
      services,
      prompts,
      vaultIndex,
      closing,
      refresh,
      feed: this.#feed,
      panelState: { discarded: [], discardCount: 0 },
      presses: new Presses(services.ports),
      connectPage: () => this.#connectPage(),
      reload: () => this.#reload(),
      answer: () => this.#page.update(),
      recordDraft: (changed) => {
        this.#context.panelState.recordedUpdate = this.#context.panelState.draftUpdate;
        services.keptDraft.record(changed);
      },
      sendBytes: (message) => this.#page.post(message),
    };
    this.#targets = new ShownTargets(this.#context, () => this.isVisible);
  }

  /**
   * Connects the page that `showPanelPage` has shown, and returns the handler of its messages.
   */
  connect(holder: PageHolder, place: PagePlace = "sideBar"): MessageHandler {
    // VS Code may still be opening the view that the tab has replaced, and closes it then.
    if (place === "sideBar" && this.#page.isInTab) {
      return async () => undefined;
    }
    const kept = this.#deps.services.keptDraft.read();
    if (kept !== undefined) continueDraft(this.#context.panelState, kept);
    return this.#page.connect(holder, place);
  }

  /** See `ConnectedPage.whenFormSent`. */
  whenFormSent(): Promise<void> {
    return this.#page.whenFormSent();
  }

  /** Whether the panel is visible. */
  get isVisible(): boolean {
    return this.#page.isVisible;
  }

  /** Shows the panel, and moves view and focus to the pictures, which are below the form. */
  async revealPictures(): Promise<void> {
    setReveal(this.#context.panelState);
    await this.#deps.services.panelTab.focus();
    this.refresh();
  }

  /** Shows the panel with the request of a job in the form, which gets the focus. */
  async editJob(job: string): Promise<void> {
    await this.#deps.services.panelTab.focus();
    await this.handleMessage({ type: "reuse", job });
  }

  /** Shows the panel with these fields in the form, whose prompt gets the focus. */
  async fillDraft(draft: DraftFields): Promise<void> {
    await this.#deps.services.panelTab.focus();
    setDraftUpdate(this.#context.panelState, draft, { focus: "prompt" });
    this.refresh();
  }

  /** Handles a message of the page. */
  handleMessage(message: unknown): Promise<void> {
    return handleMessage(this.#context, message);
  }

  /** Does what an intent of the light table asks. Rejects if it cannot. */
  readonly run = (intent: Intent): Promise<void> => runFromLightTable(this.#context, intent);

  /** Schedules a message with what has changed. */
  refresh(): void {
    this.#context.refresh();
  }

  /** A feed of what the panel shows, as its page gets it. */
  createFeed(): PageFeed {
    const source: FeedSource = {
      fields: () => this.#fields(),
      jobs: () => this.#jobs.list(),
      jobView: (id) => this.#jobs.view(id),
      prompts: () => promptLists(this.#context),
      isFollowed: (id) => this.#jobs.isFollowed(id),
      isUnsent: (id) => this.#jobs.isUnsent(id),
    };
    return new PageFeed(source);
  }

  /** Resolves when the page can be sent the jobs: it shows none before the files are known. */
  async readJobs(): Promise<void> {
    const { vaultIndex, services, closing } = this.#deps;
    const { thumbnails, jobs } = services;
    await Promise.all([vaultIndex.open(), thumbnails.index.open(), jobs.journal.ready()]);
    await this.#jobs.read(closing);
  }

  /** Called when a job changes: updates the page and makes missing thumbnails. */
  onJobChange(job: Job | undefined): void {
    const { vaultIndex, services } = this.#deps;
    if (job !== undefined) {
      this.#jobs.recordActivity(job);
      this.#feed.noteChange(job.taskUUID);
      if (this.isVisible) services.thumbnails.prepareFor(job);
    }
    const newFiles = (job?.pictures ?? []).flatMap(({ file }) =>
      file === undefined || vaultIndex.has(file) ? [] : [file],
    );
    const update = () => {
      this.refresh();
      if (job !== undefined) {
        services.thumbnails.want(job);
        this.#makeThumbnails();
      }
    };
    if (newFiles.length === 0) {
      update();
      return;
    }
    // The index must know a picture that has just arrived, or the page would show it as missing.
    Promise.all(newFiles.map((file) => vaultIndex.refreshFile(file)))
      .catch((error: unknown) => services.log.warn(`A new file in the vault could not be checked: ${String(error)}`))
      .finally(update);
  }

  /** Called when files of the vault appear or disappear. */
  readonly onVaultChange: FolderListener = (names) => {
    this.#jobs.onFilesChange(names);
    this.refresh();
  };

  /** Checks again whether there is a key, and the balance if the panel is visible. */
  async refreshAccount(): Promise<void> {
    const { account } = this.#deps;
    await account.refreshKey();
    this.refresh();
    if (this.isVisible) {
      await account.refreshBalance();
      this.refresh();
    }
  }

  /** Called when this window starts or stops to poll a job; the last one changes the balance. */
  onFollowChange(): void {
    this.refresh();
    if (this.#deps.services.jobs.followedIds().length === 0) {
      void this.refreshAccount();
    }
  }

  /** Called when folders are added to the workspace or removed from it. */
  onFoldersChange(): void {
    this.#jobs.onFoldersChange();
    this.refresh();
    this.onActiveFileChange();
  }

  /** Called when another file is in front: its project may keep images in another folder. */
  onActiveFileChange(): void {
    if (this.isVisible) {
      this.#project
        .find()
        .then(() => this.refresh())
        .catch((error: unknown) =>
          this.#deps.services.log.warn(`The project of the active file was not found: ${String(error)}`),
        );
    }
  }

  #fields(): ReturnType<FeedSource["fields"]> {
    const { services, account, prompts, vaultIndex } = this.#deps;
    const { jobs, thumbnails, draftReferences, family } = services;
    const folder = Uri.file(thumbnails.index.folder);
    return fieldsOf({
      family,
      model: modelFromSettings(family),
      unknownModel: unknownModelOfSettings(family),
      engine: account.view(jobs.journal.listAll()),
      references: draftReferences.current,
      unreadReferences: draftReferences.unreadCount,
      defaults: draftDefaults(services, this.#project.current),
      savedPrompts: prompts.all.length,
      vaultBytes: vaultIndex.bytes,
      thumbnails: `${this.#page.link(folder).toString()}/`,
      panelState: this.#context.panelState,
      presses: this.#context.presses.view(),
      getJob: (id) => jobs.journal.get(id),
      isInVault: (file) => vaultIndex.has(file),
    });
  }

  async #connectPage(): Promise<void> {
    const { vaultIndex, services } = this.#deps;
    this.#feed.stop();
    // The form waits neither for the jobs nor for the project, which changes one of its texts.
    const project = this.#project.find();
    // Without a key, the form has two buttons.
    await this.#page.sendForm(this.#deps.account.whenKnown());
    void this.#targets.read();
    // Not awaited: pictures do not wait for the secret storage.
    void this.#deps.account.refreshKey().then(() => this.refresh());
    await project;
    this.refresh();
    await Promise.all([vaultIndex.open(), services.thumbnails.index.open(), services.draftReferences.restore()]);
    await this.#reload();
    // A page without pictures shows the size of the vault only if there are files.
    if (this.#jobs.list()?.every(({ pictures }) => pictures.length === 0) === true) {
      await vaultIndex.readSizes();
    }
  }

  /** Sends the page what has changed while it was hidden. */
  async #showAgain(): Promise<void> {
    try {
      await this.#page.update();
      void this.#targets.read();
      await this.#reload();
    } catch (error) {
      this.#deps.services.log.warn(`The panel could not be updated: ${String(error)}`);
    }
  }

  /** Reads again what pictures can be made for, if the panel is visible. */
  readTargets(): Promise<void> {
    return this.#targets.readIfVisible();
  }

  dispose(): void {
    this.#targets.dispose();
  }

  async #reload(): Promise<void> {
    const { services, prompts, closing } = this.#deps;
    const { jobs, thumbnails, ports } = services;
    await Promise.all([jobs.journal.load(), prompts.load(), services.promptHistory.load(), this.#project.find()]);
    await this.readJobs();
    this.refresh();
    await deleteExpired(this.#context);
    this.refresh();
    await thumbnails.wantAll(jobs.journal.list(), ports, closing);
    this.#makeThumbnails();
    // Not awaited, since the secret storage and the network may be slow.
    void this.refreshAccount();
  }

  #makeThumbnails(): void {
    const { thumbnails, log } = this.#deps.services;
    if (this.isVisible) {
      thumbnails
        .makeWanted(() => this.isVisible && !this.#deps.closing.aborted)
        .catch((error: unknown) => log.warn(`Thumbnails could not be made: ${String(error)}`));
    }
  }
}
