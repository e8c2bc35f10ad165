import { commands, Uri, type WebviewView, type WebviewViewProvider, workspace } from "vscode";
import { isOpen, type Job } from "../../core/jobs/job.ts";
import { LastActivity } from "../../core/jobs/lastActivity.ts";
import type { Snapshot, SnapshotMessage } from "../../protocol.ts";
import { viewId } from "../ids.ts";
import type { Services } from "../services.ts";
import { createThrottle } from "../ui/throttle.ts";
import { shownPath } from "../workspace/workspaceFolders.ts";
import type { Account } from "./account.ts";
import type { Badge } from "./badge.ts";
import { draftDefaults } from "./draft/jobRequest.ts";
import { handleMessage } from "./handleMessage.ts";
import { memoize } from "./memoize.ts";
import type { PanelContext } from "./panelContext.ts";
import { pageHtml } from "./panelHtml.ts";
import type { FolderIndex } from "./pictures/folderIndex.ts";
import { deleteExpired } from "./pictures/retention.ts";
import { Presses } from "./presses.ts";
import type { SavedPrompts } from "./prompts/savedPrompts.ts";
import { snapshotOf } from "./snapshot.ts";

/** What the panel is made of. */
export interface PanelDeps {
  readonly services: Services;
  readonly account: Account;
  readonly prompts: SavedPrompts;
  readonly vaultIndex: FolderIndex;
  readonly badge: Badge;
  /** Folder of the built extension. */
  readonly dist: Uri;
  readonly closing: AbortSignal;
}

/** The panel in the side bar: its page is told everything, and says what a person wants. */
export class Panel implements WebviewViewProvider {
  readonly #deps: PanelDeps;
  readonly #context: PanelContext;
  readonly #isInWorkspace = memoize((uri) => workspace.getWorkspaceFolder(Uri.parse(uri)) !== undefined);
  readonly #shownPath = memoize((uri) => shownPath(Uri.parse(uri)));
  readonly #signs = new LastActivity();
  #view: WebviewView | undefined;
  /** Whether the page listens. */
  #isPageReady = false;

  constructor(deps: PanelDeps) {
    this.#deps = deps;
    const { services, prompts, vaultIndex, closing } = deps;
    const refresh = createThrottle(
      async () => {
        this.#updateBadge();
        await this.#postSnapshot();
      },
      (error) => services.log.warn(`The panel could not be told how things stand: ${String(error)}`),
    );
    this.#context = {
      ...{ services, prompts, vaultIndex, closing, refresh },
      panelState: { discarded: [], discardCount: 0 },
      presses: new Presses(services.ports),
      connectPage: () => this.#connectPage(),
      reload: () => this.#reload(),
    };
  }

  resolveWebviewView(view: WebviewView): void {
    const { dist, services } = this.#deps;
    const { webview } = view;
    this.#view = view;
    this.#isPageReady = false;
    webview.options = { enableScripts: true, localResourceRoots: [dist, Uri.file(services.thumbnails.index.folder)] };
    webview.onDidReceiveMessage((message: unknown) => this.handleMessage(message));
    view.onDidChangeVisibility(() => {
      // A page that is hidden is gone, and a new one says `ready` of its own.
      this.#isPageReady &&= view.visible;
    });
    view.onDidDispose(() => {
      this.#view = undefined;
      this.#isPageReady = false;
    });
    webview.html = pageHtml(webview, dist);
    this.refresh();
  }

  /** Whether a person sees the panel. */
  get isVisible(): boolean {
    return this.#view?.visible === true;
  }

  /** Brings the panel into view, with the pictures in sight: the form is above them. */
  async revealPictures(): Promise<void> {
    // Numbers grow over reloads too, since the page remembers the last one.
    this.#context.panelState.reveal = Math.max(Date.now(), (this.#context.panelState.reveal ?? 0) + 1);
    await commands.executeCommand(`${viewId}.focus`);
    this.refresh();
  }

  /** Does what a message of the page asks for. */
  handleMessage(message: unknown): Promise<void> {
    return handleMessage(this.#context, message);
  }

  /** Has the page told how things stand, soon. */
  refresh(): void {
    this.#context.refresh();
  }

  /**
   * Takes notice of a change in the journal: shows it, and makes the thumbnails that are missing.
   */
  onJobChange(job: Job | undefined): void {
    const { vaultIndex, services } = this.#deps;
    if (job !== undefined) {
      this.#signs.record(job, services.ports.now());
    }
    const newFiles = (job?.pictures ?? []).flatMap(({ file }) =>
      file === undefined || vaultIndex.has(file) ? [] : [file],
    );
    const update = () => {
      this.refresh();
      this.#makeThumbnails();
    };
    if (newFiles.length === 0) {
      update();
      return;
    }
    // A picture that has just arrived must not be shown as missing.
    Promise.all(newFiles.map((file) => vaultIndex.refreshFile(file)))
      .catch((error: unknown) => services.log.warn(`A new file of the vault could not be looked at: ${String(error)}`))
      .finally(update);
  }

  /** Looks again who makes the pictures, and how much money is left. */
  async refreshAccount(): Promise<void> {
    const { account } = this.#deps;
    await account.refreshKey();
    this.refresh();
    if (this.isVisible) {
      await account.refreshBalance();
      this.refresh();
    }
  }

  /**
   * Takes notice that this window began or ended to wait for a job; when all have ended, the
   * balance is another.
   */
  onFollowChange(): void {
    const { jobs } = this.#deps.services;
    const isWaiting = jobs.journal.list().some(({ taskUUID }) => jobs.isFollowed(taskUUID));
    this.refresh();
    if (!isWaiting) {
      void this.refreshAccount();
    }
  }

  /** What the page shows now. */
  snapshot(): Snapshot {
    const { services, account, prompts, vaultIndex } = this.#deps;
    const { jobs, thumbnails, draftReferences: references, model } = services;
    const list = jobs.journal.list();
    const folder = Uri.file(thumbnails.index.folder);
    return snapshotOf({
      model,
      engine: account.view(jobs.journal.listAll()),
      jobs: list,
      references: references.current,
      defaults: draftDefaults(),
      savedPrompts: prompts.all.map(({ id, name, text, file }) => ({
        id,
        name,
        text,
        isRemovable: true,
        isShared: file.folder !== undefined,
      })),
      forgottenPrompts: services.promptHistory.prompts,
      vaultBytes: vaultIndex.bytes,
      thumbnails: `${(this.#view?.webview.asWebviewUri(folder) ?? folder).toString()}/`,
      panelState: this.#context.panelState,
      presses: this.#context.presses.view(),
      isFollowed: (id) => jobs.isFollowed(id),
      isUnsent: (id) => jobs.isUnsent(id),
      isInVault: (file) => vaultIndex.has(file),
      hasThumbnail: (name) => thumbnails.index.has(name),
      isInWorkspace: this.#isInWorkspace.get,
      lastSignAt: (job) => this.#signs.get(job),
      shownPath: this.#shownPath.get,
    });
  }

  /** Takes notice of folders that came or went. */
  clearPathCaches(): void {
    this.#isInWorkspace.clear();
    this.#shownPath.clear();
    this.refresh();
  }

  async #connectPage(): Promise<void> {
    const { account, vaultIndex, services } = this.#deps;
    // Whether there is a key decides on what is shown at all; the form need not wait for thousands
    // of jobs.
    await account.refreshKey();
    this.#isPageReady = true;
    this.refresh();
    await Promise.all([vaultIndex.open(), services.thumbnails.index.open(), services.draftReferences.restore()]);
    await this.#reload();
  }

  async #reload(): Promise<void> {
    const { services, prompts } = this.#deps;
    await Promise.all([
      services.jobs.journal.load(),
      prompts.load(),
      services.promptHistory.load(),
      this.#deps.account.refreshKey(),
    ]);
    // A file that cannot be deleted now is no reason to show less.
    await deleteExpired(this.#context).catch((error: unknown) =>
      services.log.warn(`Old pictures could not be deleted from the vault: ${String(error)}`),
    );
    this.refresh();
    this.#makeThumbnails();
    // The network may be slow; nothing waits for it.
    void this.refreshAccount();
  }

  async #postSnapshot(): Promise<void> {
    if (this.#isPageReady && this.#view?.visible === true) {
      const message: SnapshotMessage = { type: "snapshot", snapshot: this.snapshot() };
      await this.#view.webview.postMessage(message);
    }
  }

  #makeThumbnails(): void {
    const { jobs, thumbnails, ports, log } = this.#deps.services;
    if (this.isVisible) {
      thumbnails
        .makeMissing(
          () => jobs.journal.list(),
          ports.vault,
          () => this.isVisible && !this.#deps.closing.aborted,
        )
        .catch((error: unknown) => log.warn(`Thumbnails could not be made: ${String(error)}`));
    }
  }

  #updateBadge(): void {
    const { badge, services } = this.#deps;
    const { jobs } = services;
    badge.show(jobs.journal.list().filter((job) => isOpen(job) && jobs.isFollowed(job.taskUUID)).length);
  }
}
