import { commands, Uri, type WebviewView, type WebviewViewProvider, workspace } from "vscode";
import { isOpen, type Job } from "../../core/job.ts";
import { LastSigns } from "../../core/lastSign.ts";
import type { Down, Snapshot } from "../../protocol.ts";
import { createFeed } from "../feed.ts";
import { viewId } from "../ids.ts";
import { shownPath } from "../places.ts";
import type { Services } from "../services.ts";
import type { Account } from "./account.ts";
import type { Badge } from "./badge.ts";
import type { Desk } from "./desk.ts";
import type { FolderIndex } from "./folderIndex.ts";
import { receive } from "./intents.ts";
import { draftDefaults } from "./order.ts";
import { pageHtml } from "./page.ts";
import { Presses } from "./presses.ts";
import { remembered } from "./remembered.ts";
import { retire } from "./retention.ts";
import type { SavedPrompts } from "./savedPrompts.ts";
import { snapshotOf } from "./snapshot.ts";

/** What the panel is made of. */
export interface Parts {
  readonly services: Services;
  readonly account: Account;
  readonly prompts: SavedPrompts;
  readonly vault: FolderIndex;
  readonly badge: Badge;
  /** Folder of the built extension. */
  readonly dist: Uri;
  readonly closing: AbortSignal;
}

/** The panel in the side bar: its page is told everything, and says what a person wants. */
export class Panel implements WebviewViewProvider {
  readonly #parts: Parts;
  readonly #desk: Desk;
  readonly #inWorkspace = remembered((uri) => workspace.getWorkspaceFolder(Uri.parse(uri)) !== undefined);
  readonly #shownPath = remembered((uri) => shownPath(Uri.parse(uri)));
  readonly #signs = new LastSigns();
  #view: WebviewView | undefined;
  /** Whether the page listens. */
  #ready = false;

  constructor(parts: Parts) {
    this.#parts = parts;
    const { services, prompts, vault, closing } = parts;
    const refresh = createFeed(
      async () => {
        this.#count();
        await this.#post();
      },
      (error) => services.log.warn(`The panel could not be told how things stand: ${String(error)}`),
    );
    this.#desk = {
      ...{ services, prompts, vault, closing, refresh },
      notes: { discarded: [], discards: 0 },
      presses: new Presses(services.ports),
      open: () => this.#open(),
      reload: () => this.#reload(),
    };
  }

  resolveWebviewView(view: WebviewView): void {
    const { dist, services } = this.#parts;
    const { webview } = view;
    this.#view = view;
    this.#ready = false;
    webview.options = { enableScripts: true, localResourceRoots: [dist, Uri.file(services.thumbnails.index.folder)] };
    webview.onDidReceiveMessage((message: unknown) => this.receive(message));
    view.onDidChangeVisibility(() => {
      // A page that is hidden is gone, and a new one says `ready` of its own.
      this.#ready &&= view.visible;
    });
    view.onDidDispose(() => {
      this.#view = undefined;
      this.#ready = false;
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
    this.#desk.notes.reveal = Math.max(Date.now(), (this.#desk.notes.reveal ?? 0) + 1);
    await commands.executeCommand(`${viewId}.focus`);
    this.refresh();
  }

  /** Does what a message of the page asks for. */
  receive(message: unknown): Promise<void> {
    return receive(this.#desk, message);
  }

  /** Has the page told how things stand, soon. */
  refresh(): void {
    this.#desk.refresh();
  }

  /** Takes notice of a change in the journal: shows it, and makes the thumbnails that are missing. */
  hear(job: Job | undefined): void {
    const { vault, services } = this.#parts;
    if (job !== undefined) {
      this.#signs.note(job, services.ports.now());
    }
    const fresh = (job?.pictures ?? []).flatMap(({ file }) => (file === undefined || vault.has(file) ? [] : [file]));
    const show = () => {
      this.refresh();
      this.#makeThumbnails();
    };
    if (fresh.length === 0) {
      show();
      return;
    }
    // A picture that has just arrived must not be shown as missing.
    Promise.all(fresh.map((file) => vault.look(file)))
      .catch((error: unknown) => services.log.warn(`A new file of the vault could not be looked at: ${String(error)}`))
      .finally(show);
  }

  /** Looks again who makes the pictures, and how much money is left. */
  async readAccount(): Promise<void> {
    const { account } = this.#parts;
    await account.readKey();
    this.refresh();
    if (this.isVisible) {
      await account.readBalance();
      this.refresh();
    }
  }

  /** Takes notice that this window began or ended to wait for a job; when all have ended, the balance is another. */
  hearFollow(): void {
    const { jobs } = this.#parts.services;
    const isWaiting = jobs.journal.list().some(({ taskUUID }) => jobs.isFollowed(taskUUID));
    this.refresh();
    if (!isWaiting) {
      void this.readAccount();
    }
  }

  /** What the page shows now. */
  snapshot(): Snapshot {
    const { services, account, prompts, vault } = this.#parts;
    const { jobs, thumbnails, references, model } = services;
    const list = jobs.journal.list();
    const folder = Uri.file(thumbnails.index.folder);
    return snapshotOf({
      model,
      engine: account.view(jobs.journal.all()),
      jobs: list,
      loaded: references.current,
      defaults: draftDefaults(),
      saved: prompts.all.map(({ id, name, text, shelf }) => ({ id, name, text, shared: shelf.folder !== undefined })),
      past: services.promptHistory.prompts,
      vaultBytes: vault.bytes,
      thumbnails: `${(this.#view?.webview.asWebviewUri(folder) ?? folder).toString()}/`,
      notes: this.#desk.notes,
      presses: this.#desk.presses.view(),
      isFollowed: (id) => jobs.isFollowed(id),
      isUnsent: (id) => jobs.isUnsent(id),
      inVault: (file) => vault.has(file),
      hasThumbnail: (name) => thumbnails.index.has(name),
      inWorkspace: this.#inWorkspace.get,
      lastSignAt: (job) => this.#signs.of(job),
      shownPath: this.#shownPath.get,
    });
  }

  /** Takes notice of folders that came or went. */
  forgetPaths(): void {
    this.#inWorkspace.forget();
    this.#shownPath.forget();
    this.refresh();
  }

  async #open(): Promise<void> {
    const { account, vault, services } = this.#parts;
    // Whether there is a key decides on what is shown at all; the form need not wait for thousands of jobs.
    await account.readKey();
    this.#ready = true;
    this.refresh();
    await Promise.all([vault.open(), services.thumbnails.index.open(), services.references.restore()]);
    await this.#reload();
  }

  async #reload(): Promise<void> {
    const { services, prompts } = this.#parts;
    await Promise.all([
      services.jobs.journal.load(),
      prompts.load(),
      services.promptHistory.load(),
      this.#parts.account.readKey(),
    ]);
    // A file that cannot be deleted now is no reason to show less.
    await retire(this.#desk).catch((error: unknown) =>
      services.log.warn(`Old pictures could not be deleted from the vault: ${String(error)}`),
    );
    this.refresh();
    this.#makeThumbnails();
    // The network may be slow; nothing waits for it.
    void this.readAccount();
  }

  async #post(): Promise<void> {
    if (this.#ready && this.#view?.visible === true) {
      const message: Down = { type: "snapshot", snapshot: this.snapshot() };
      await this.#view.webview.postMessage(message);
    }
  }

  #makeThumbnails(): void {
    const { jobs, thumbnails, ports, log } = this.#parts.services;
    if (this.isVisible) {
      thumbnails
        .makeMissing(
          () => jobs.journal.list(),
          ports.vault,
          () => this.isVisible && !this.#parts.closing.aborted,
        )
        .catch((error: unknown) => log.warn(`Thumbnails could not be made: ${String(error)}`));
    }
  }

  #count(): void {
    const { badge, services } = this.#parts;
    const { jobs } = services;
    badge.show(jobs.journal.list().filter((job) => isOpen(job) && jobs.isFollowed(job.taskUUID)).length);
  }
}
