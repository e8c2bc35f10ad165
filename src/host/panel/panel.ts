import { commands, Uri, type WebviewView, type WebviewViewProvider } from "vscode";
import { isOpen, type Job } from "../../core/jobs/job.ts";
import { LastActivity } from "../../core/jobs/lastActivity.ts";
import type { Snapshot, SnapshotMessage } from "../../protocol.ts";
import { viewId } from "../ids.ts";
import { modelFromSettings, unknownModelOfSettings } from "../request/modelSetting.ts";
import type { Services } from "../services.ts";
import { createThrottle } from "../ui/throttle.ts";
import { webviewPage } from "../ui/webviewPage.ts";
import { shownPath } from "../workspace/workspaceFolders.ts";
import type { Account } from "./account.ts";
import type { Badge } from "./badge.ts";
import { draftDefaults } from "./draft/draftDefaults.ts";
import { handleMessage } from "./handleMessage.ts";
import { memoize } from "./memoize.ts";
import type { PanelContext } from "./panelContext.ts";
import { setReveal } from "./panelState.ts";
import { isInWorkspace } from "./pictures/editedFile.ts";
import type { FolderIndex } from "./pictures/folderIndex.ts";
import { deleteExpired } from "./pictures/retention.ts";
import { Presses } from "./presses.ts";
import type { SavedPrompts } from "./prompts/savedPrompts.ts";
import { snapshotOf } from "./snapshot.ts";

/** What the panel works with. */
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

/** The panel in the side bar: sends snapshots to its page and handles the page's messages. */
export class Panel implements WebviewViewProvider {
  readonly #deps: PanelDeps;
  readonly #context: PanelContext;
  readonly #isInWorkspace = memoize(isInWorkspace);
  readonly #shownPath = memoize((uri) => shownPath(Uri.parse(uri)));
  readonly #lastActivity = new LastActivity();
  #view: WebviewView | undefined;
  /** Whether the page has said `ready`. */
  #isPageReady = false;

  constructor(deps: PanelDeps) {
    this.#deps = deps;
    const { services, prompts, vaultIndex, closing } = deps;
    const refresh = createThrottle(
      async () => {
        this.#updateBadge();
        await this.#postSnapshot();
      },
      (error) => services.log.warn(`The panel could not be updated: ${String(error)}`),
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
      // VS Code unloads a hidden page; a new one says `ready` itself.
      this.#isPageReady &&= view.visible;
    });
    view.onDidDispose(() => {
      this.#view = undefined;
      this.#isPageReady = false;
    });
    // Pasted pictures are shown from a blob before the host has them.
    webview.html = webviewPage(webview, dist, { scriptName: "panel.js", extraImageSource: "blob:" });
    this.refresh();
  }

  /** Whether the panel is visible. */
  get isVisible(): boolean {
    return this.#view?.visible === true;
  }

  /** Shows the panel and scrolls it to the pictures, which are below the form. */
  async revealPictures(): Promise<void> {
    setReveal(this.#context.panelState);
    await commands.executeCommand(`${viewId}.focus`);
    this.refresh();
  }

  /** Handles a message of the page. */
  handleMessage(message: unknown): Promise<void> {
    return handleMessage(this.#context, message);
  }

  /** Schedules a snapshot for the page. */
  refresh(): void {
    this.#context.refresh();
  }

  /** Called when a job changes: updates the page and makes missing thumbnails. */
  onJobChange(job: Job | undefined): void {
    const { vaultIndex, services } = this.#deps;
    if (job !== undefined) {
      this.#lastActivity.record(job, services.ports.now());
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
    // The index must know a picture that has just arrived, or the page would show it as missing.
    Promise.all(newFiles.map((file) => vaultIndex.refreshFile(file)))
      .catch((error: unknown) => services.log.warn(`A new file in the vault could not be checked: ${String(error)}`))
      .finally(update);
  }

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
    const { jobs } = this.#deps.services;
    const isWaiting = jobs.journal.list().some(({ taskUUID }) => jobs.isFollowed(taskUUID));
    this.refresh();
    if (!isWaiting) {
      void this.refreshAccount();
    }
  }

  /** Everything that the page shows now. */
  snapshot(): Snapshot {
    const { services, account, prompts, vaultIndex } = this.#deps;
    const { jobs, thumbnails, draftReferences, family } = services;
    const folder = Uri.file(thumbnails.index.folder);
    return snapshotOf({
      family,
      model: modelFromSettings(family),
      unknownModel: unknownModelOfSettings(family),
      engine: account.view(jobs.journal.listAll()),
      jobs: jobs.journal.list(),
      references: draftReferences.current,
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
      lastActivityAt: (job) => this.#lastActivity.get(job),
      shownPath: this.#shownPath.get,
    });
  }

  /** Called when folders are added to the workspace or removed from it. */
  clearPathCaches(): void {
    this.#isInWorkspace.clear();
    this.#shownPath.clear();
    this.refresh();
  }

  async #connectPage(): Promise<void> {
    const { account, vaultIndex, services } = this.#deps;
    // The key decides which view is shown, so it is read first. The form does not wait for the
    // jobs.
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
    // If a file cannot be deleted, the rest is shown all the same.
    await deleteExpired(this.#context).catch((error: unknown) =>
      services.log.warn(`Old pictures could not be deleted from the vault: ${String(error)}`),
    );
    this.refresh();
    this.#makeThumbnails();
    // Not awaited, since the network may be slow.
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
