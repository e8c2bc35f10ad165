import { randomUUID } from "node:crypto";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { l10n, Uri, ViewColumn, type WebviewPanel, window } from "vscode";
import type { LightTableMessage, PictureRef } from "../../protocol.ts";
import { lightTableType } from "../ids.ts";
import { compareCopiesFolder } from "../storage/storagePaths.ts";
import { vaultUri } from "../storage/vaultUri.ts";
import type { CompareSource } from "./compareSource.ts";
import { Comparison } from "./comparison.ts";
import type { LightTableDeps, OpenOptions } from "./lightTableDeps.ts";
import { handleTableIntent, type TableControls } from "./lightTableIntents.ts";
import { tableJob, tablePictures, tabTitle, undecidedText } from "./tableJob.ts";
import { loadTablePage } from "./tablePage.ts";

/** What the tab compares. */
interface ShownComparison {
  readonly comparison: Comparison;
  readonly isDirect: boolean;
}

/**
 * The editor tab with the pictures of a job, or with two pictures that are compared. There is one
 * in a window: another picture takes the place of the last one.
 */
export class LightTableTab {
  readonly #deps: LightTableDeps;
  #panel: WebviewPanel | undefined;
  /** Folder of the copies that the page of the open tab may read. */
  #folder = "";
  #comparisonCount = 0;
  #shown: PictureRef | undefined;
  #showNumber = 0;
  #comparison: ShownComparison | undefined;
  #isFromPanel = false;
  /** Whether the page has sent `ready`. */
  #isLoaded = false;
  /** Number of the last call that opens or closes: an earlier one that still waits does nothing. */
  #lastCall = 0;
  #lastUpdate = 0;
  /** The last message as JSON. */
  #sent = "";

  readonly #controls: TableControls;

  constructor(deps: LightTableDeps) {
    this.#deps = deps;
    this.#controls = {
      run: deps.run,
      connectPage: () => this.#connectPage(),
      follow: (picture) => this.#follow(picture),
      findCrop: (picture) => this.#findCrop(picture),
      stopComparing: () => this.#stopComparing(),
      leave: () => this.#leave(),
    };
  }

  get isOpen(): boolean {
    return this.#panel !== undefined;
  }

  /** Shows a picture, with the others of its job. */
  async show(picture: PictureRef, options: OpenOptions = {}): Promise<void> {
    const call = ++this.#lastCall;
    await this.#deps.ready();
    if (call === this.#lastCall) {
      await this.#showInstead(undefined, picture, options);
    }
  }

  /**
   * Compares two pictures. `picture` is the right one if it is Limn's, so that it can be kept.
   *
   * @throws LimnError of kind `files` if one of them cannot be read; then nothing changes.
   */
  async compare(
    sources: readonly [CompareSource, CompareSource],
    picture: PictureRef | undefined,
    options: OpenOptions = {},
  ): Promise<void> {
    const call = ++this.#lastCall;
    this.#folder ||= join(compareCopiesFolder(this.#deps.storage), randomUUID());
    const folder = join(this.#folder, String(++this.#comparisonCount));
    const comparison = new Comparison(sources, folder, this.#deps);
    try {
      await comparison.ready();
    } catch (error) {
      if (!this.isOpen && call === this.#lastCall) {
        await this.#deleteFolder();
      }
      throw error;
    }
    await this.#deps.ready();
    if (call !== this.#lastCall) {
      await comparison.deleteCopies();
      return;
    }
    const isDirect = this.#panel?.active !== true || picture === undefined || picture.job !== this.#shown?.job;
    await this.#showInstead({ comparison, isDirect }, picture, options);
  }

  /** Shows in a tab of an earlier session what it showed. Closes it if that is gone. */
  async restore(panel: WebviewPanel, state: unknown): Promise<void> {
    const picture = this.#deps.parseState(state);
    await this.#deps.ready();
    if (picture === undefined || this.isOpen || this.#deps.jobView(picture.job) === undefined) {
      panel.dispose();
      return;
    }
    this.#choose(picture);
    this.#connect(panel);
  }

  /** Shows what has changed. */
  refresh(): void {
    this.#update().catch((error: unknown) =>
      this.#deps.log.warn(`The light table could not be updated: ${String(error)}`),
    );
  }

  /** Closes the tab. */
  close(): void {
    this.#lastCall++;
    const panel = this.#panel;
    if (panel !== undefined) {
      // First, so that the event of VS Code does not look like the user's closing.
      this.#forget();
      panel.dispose();
    }
  }

  /** Shows something else, and deletes the copies of what was compared. */
  async #showInstead(
    next: ShownComparison | undefined,
    picture: PictureRef | undefined,
    options: OpenOptions,
  ): Promise<void> {
    const call = this.#lastCall;
    const before = this.#comparison;
    // At once, since a tab with nothing to show is closed when a job changes.
    this.#comparison = next;
    this.#choose(picture);
    await before?.comparison.deleteCopies();
    if (call === this.#lastCall) {
      await this.#open(options);
    }
  }

  #choose(picture: PictureRef | undefined): void {
    this.#shown = picture;
    this.#showNumber++;
  }

  async #open({ isFromPanel = false, preserveFocus = false }: OpenOptions): Promise<void> {
    if (this.#panel === undefined) {
      this.#isFromPanel = isFromPanel;
      const column = { viewColumn: ViewColumn.Active, preserveFocus };
      this.#connect(window.createWebviewPanel(lightTableType, l10n.t("Light Table"), column));
      return;
    }
    this.#isFromPanel = this.#panel.active ? this.#isFromPanel : isFromPanel;
    this.#panel.reveal(undefined, preserveFocus);
    await this.#update();
  }

  #connect(panel: WebviewPanel): void {
    this.#panel = panel;
    this.#folder ||= join(compareCopiesFolder(this.#deps.storage), randomUUID());
    panel.webview.onDidReceiveMessage((message: unknown) => this.handleMessage(message));
    // Limn forgets a tab before it closes it.
    panel.onDidDispose(() => panel === this.#panel && this.#closeAndNotify(this.#deps.showInStatusBar));
    panel.title = this.#title();
    panel.iconPath = Uri.joinPath(this.#deps.dist, "../media/icon.png");
    loadTablePage(panel.webview, this.#deps, this.#folder);
  }

  async handleMessage(message: unknown): Promise<void> {
    const intent = this.#deps.parseIntent(message);
    if (intent === undefined) {
      this.#deps.log.warn("A message of the light table was dropped because it is not a valid intent.");
      return;
    }
    try {
      await handleTableIntent(this.#controls, intent);
    } catch (error) {
      this.#deps.showError(error);
    }
  }

  async #connectPage(): Promise<void> {
    // VS Code loads the page of a hidden tab again; it then shows the files as they are now.
    if (this.#isLoaded) {
      this.#comparison?.comparison.copyAgain();
    }
    this.#isLoaded = true;
    this.#sent = "";
    await this.#update();
  }

  async #follow(picture: PictureRef): Promise<void> {
    if (picture.job === this.#shown?.job) {
      this.#shown = picture;
      await this.#update();
    }
  }

  async #findCrop(picture: PictureRef): Promise<void> {
    await this.#deps.findCrop(picture);
    await this.#update();
  }

  async #stopComparing(): Promise<void> {
    await this.#endComparison();
    await this.#update();
  }

  /** Closes the tab, and returns to where the user was. */
  async #leave(): Promise<void> {
    const call = ++this.#lastCall;
    try {
      // First, since VS Code moves the focus to another editor when the tab that has it closes.
      if (this.#isFromPanel) {
        await this.#deps.revealPictures();
      }
    } finally {
      // Not if Escape was pressed again meanwhile, or another picture was opened.
      if (call === this.#lastCall && this.isOpen) {
        this.#closeAndNotify(this.#deps.notify);
      }
    }
  }

  /** Closes the tab and says where undecided pictures are. */
  #closeAndNotify(notify: (text: string) => void): void {
    const found = this.#pictures();
    const text = found && undecidedText(found.pictures);
    this.close();
    if (text !== undefined) {
      notify(text);
    }
  }

  /** The pictures of the shown job; `undefined` if there are none. */
  #pictures() {
    const job = this.#shown && this.#deps.getJob(this.#shown.job);
    const view = this.#shown && this.#deps.jobView(this.#shown.job);
    return job === undefined || view === undefined ? undefined : { job, view, pictures: tablePictures(job, view) };
  }

  #title(): string {
    const found = this.#pictures();
    return (
      this.#comparison?.comparison.title ??
      (found === undefined ? l10n.t("Light Table") : tabTitle(found.job, found.pictures, this.#shown?.picture ?? ""))
    );
  }

  async #update(): Promise<void> {
    const panel = this.#panel;
    if (panel === undefined) {
      return;
    }
    panel.title = this.#title();
    const update = ++this.#lastUpdate;
    const message = await this.#message(panel);
    // A newer one knows more, and may have something to show.
    if (update !== this.#lastUpdate) {
      return;
    }
    if (message.job === undefined && message.comparison === undefined) {
      // All pictures of the job were deleted or forgotten.
      this.close();
      return;
    }
    const json = JSON.stringify(message);
    if (json !== this.#sent) {
      this.#sent = json;
      await panel.webview.postMessage(message);
    }
  }

  async #message({ webview }: WebviewPanel): Promise<LightTableMessage> {
    const link = (uri: Uri) => webview.asWebviewUri(uri).toString();
    const found = this.#pictures();
    const linkTo = (id: string) => link(vaultUri(this.#deps, found?.job.pictures.find((one) => one.id === id) ?? {}));
    const compared = this.#comparison;
    const crops = await this.#deps.cropsOf(found?.job);
    return {
      type: "lightTable",
      ...(found === undefined || found.pictures.placed.length === 0
        ? {}
        : {
            job: {
              ...tableJob(found.job, found.view, found.pictures, linkTo, crops),
              thumbnails: `${link(Uri.file(this.#deps.thumbnails))}/`,
              shown: this.#shown?.picture ?? "",
              showNumber: this.#showNumber,
            },
          }),
      ...(compared === undefined
        ? {}
        : { comparison: { ...(await compared.comparison.view(webview)), isDirect: compared.isDirect } }),
    };
  }

  async #endComparison(): Promise<void> {
    const compared = this.#comparison;
    this.#comparison = undefined;
    await compared?.comparison.deleteCopies();
  }

  async #deleteFolder(): Promise<void> {
    const folder = this.#folder;
    this.#folder = "";
    await this.#endComparison();
    await rm(folder, { recursive: true, force: true });
  }

  #forget(): void {
    this.#panel = undefined;
    this.#shown = undefined;
    this.#isLoaded = false;
    this.#deleteFolder().catch((error: unknown) =>
      this.#deps.log.warn(`The copies of the light table could not be deleted: ${String(error)}`),
    );
  }
}
