import * as l10n from "@vscode/l10n";
import "@vscode-elements/elements/dist/vscode-button/index.js";
import "@vscode-elements/elements/dist/vscode-icon/index.js";
import "@vscode-elements/elements/dist/vscode-textfield/index.js";
import "@vscode-elements/elements/dist/vscode-toolbar-button/index.js";
import { html, LitElement, nothing, type PropertyValues } from "lit";
import { announce } from "../../webview/announce.ts";
import { UndoKeys } from "../../webview/undoKeys.ts";
import { post } from "../../webview/vscodeApi.ts";
import { isWaitInSheet } from "../jobs/queuedJobs.ts";
import { waitAllActions } from "../jobs/waitAllActions.ts";
import type { PanelState } from "../panelState.ts";
import { BarHeights } from "../shared/barHeights.ts";
import { ignoreSecondClicks } from "../shared/doubleClick.ts";
import { type ActionId, isActionKey } from "./actions.ts";
import { ColumnObserver } from "./columnObserver.ts";
import { FooterObserver } from "./footerObserver.ts";
import { isSamePicture, refOf, type SheetEntry } from "./sheetEntries.ts";
import "./grid/grid.ts";
import { headingStyle } from "../shared/headingStyle.ts";
import { onGridKey } from "./grid/gridKeys.ts";
import type { GridListener } from "./grid/gridListener.ts";
import type { LoadedSheet } from "./grid/loadedSheet.ts";
import { NewestPictures } from "./newestPictures.ts";
import { awaitedDetails, pictureDetails, undoBar } from "./pictureDetails.ts";
import { SheetActions } from "./sheetActions.ts";
import { SheetFocus } from "./sheetFocus.ts";
import { SheetModel } from "./sheetModel.ts";
import { emptyState, type ShownPictures, sheetFooter, sheetHeader } from "./sheetParts.ts";
import { sheetStyle } from "./sheetStyle.ts";
import type { UndoableDiscard } from "./undoOffer.ts";

/** Lowest height of a row, in px: no more rows fit into the view at first. */
const lowestRow = 40;

/** The contact sheet: every picture of the vault, with its actions. */
export class Sheet extends LitElement {
  static override readonly styles = [headingStyle, sheetStyle];
  static override readonly properties = {
    panelState: { attribute: false },
    showsSettings: { state: true },
    undoable: { state: true },
    onDemand: { state: true },
  };

  declare panelState: PanelState | undefined;
  /** Whether the settings of the selected picture are shown. */
  declare showsSettings: boolean;
  /** The discarded picture that the sheet offers to restore. */
  declare undoable: UndoableDiscard | undefined;
  /** What is loaded when the user asks for it first. */
  declare onDemand: typeof import("./onDemand.ts") | undefined;

  /** Which pictures are shown, and which one is selected. */
  readonly model = new SheetModel(
    {
      topPicture: () => this.grid?.topPicture(),
      linesPerPage: () => this.grid?.linesPerPage() ?? 1,
      isActionKey,
      act: (key, isRepeat) => this.#actions.act(key, isRepeat),
      actEarly: (key) => this.newest.actEarly(key),
      keep: (entry) => this.#actions.run(entry, "keep"),
      onLost: () => announce(l10n.t("The picture to keep did not arrive.")),
      isNewestExpected: () => this.newest.isExpected,
      onNewest: () => void this.newest.show(),
      onNewestLost: () => this.newest.onLost(),
      isInUse: () =>
        this.matches(":focus-within") ||
        this.showsSettings ||
        this.undoable !== undefined ||
        this.model.several.length > 0,
      onChange: () => this.requestUpdate(),
    },
    Math.ceil(window.innerHeight / lowestRow) * 4,
  );
  /** Moves the focus in the sheet. */
  readonly sheetFocus = new SheetFocus(this);
  /** What follows a press of Generate. */
  readonly newest = new NewestPictures(this);
  readonly #actions = new SheetActions(this);
  #hadFocus = false;
  /** The picture whose settings may be shown. */
  #shownActive: SheetEntry | undefined;
  readonly #listener: GridListener = {
    onFocus: () => this.model.selectFirst(),
    onVisible: (first, last) => this.model.setVisible(first, last),
    onSelect: (entry, mode) => this.model.select(entry, mode),
    onOpen: (entry) => this.#actions.run(entry, "open"),
    onMenu: (entry, x, y) => void this.#actions.openMenu(entry, x, y),
  };

  constructor() {
    super();
    this.showsSettings = false;
    new FooterObserver(this);
    new ColumnObserver(this, (columns) => this.model.setColumns(columns));
    new BarHeights(this, { "--above": ".bar", "--below": ".strip" });
    ignoreSecondClicks(this);
    new UndoKeys(this, () => this.undoable !== undefined && this.#actions.undo());
  }

  /** The grid; `undefined` while there are no pictures. */
  get grid() {
    return this.renderRoot.querySelector("limn-grid") ?? undefined;
  }

  /** Shows the settings of a picture. */
  async showSettings(entry: SheetEntry): Promise<void> {
    this.model.select(entry);
    await this.#loadOnDemand();
    [this.#shownActive, this.showsSettings] = [entry, true];
    this.sheetFocus.focusAfterPaint(".use");
  }

  /** Scrolls to the pictures and focuses them. */
  reveal(): void {
    this.scrollIntoView();
    this.sheetFocus.focusGrid();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    this.#hadFocus = this.matches(":focus-within");
    if (changed.has("panelState") && this.panelState !== undefined) {
      this.#actions.announceOutcomes(this.panelState);
      this.model.receive(this.panelState);
    }
    const { active, several } = this.model;
    this.showsSettings &&= isSamePicture(active, this.#shownActive);
    if (several.length > 0 && this.onDemand === undefined) {
      void this.#loadOnDemand();
    }
    this.#shownActive = active;
  }

  protected override updated(changed: PropertyValues<this>): void {
    const isFocusLost = this.#hadFocus && document.activeElement === document.body;
    // The grid is removed with its last picture, and the focus is lost with it.
    const isNew = changed.has("undoable") && this.undoable !== undefined && changed.get("panelState") !== undefined;
    if (isNew && this.model.loaded?.tileCount === 0) {
      this.sheetFocus.focusAfterPaint(".undo-discard");
    } else if (isFocusLost) {
      // The button that had it is gone: its picture has arrived, or its job has ended.
      this.sheetFocus.focusGrid();
    }
  }

  protected override render() {
    const { panelState } = this;
    const { loaded, shown } = this.model;
    const { text, isEverywhere } = shown;
    const hasPictures =
      loaded !== undefined &&
      (loaded.rowCount + loaded.counts.all + loaded.counts.discarded + loaded.elsewhere > 0 ||
        text !== "" ||
        isEverywhere);
    return html`
      <section aria-labelledby="title">
        ${hasPictures && panelState !== undefined ? this.#header(loaded, panelState) : html`<h2 id="title">${l10n.t("Pictures")}</h2>`}
        ${
          loaded === undefined || panelState === undefined
            ? nothing
            : loaded.rowCount > 0
              ? this.#grid(loaded, panelState.thumbnails)
              : emptyState(shown, loaded, {
                  onShow: (filter) => this.#show({ text: "", filter }),
                  onShowEverywhere: () => this.#show({ isEverywhere: true }),
                })
        }
        ${this.#details()}
        ${hasPictures || (panelState?.vaultBytes ?? 0) > 0 ? sheetFooter(panelState?.vaultBytes) : nothing}
        <limn-menu></limn-menu>
        <limn-keys></limn-keys>
      </section>
    `;
  }

  #header(loaded: LoadedSheet, panelState: PanelState) {
    const waitActions = isWaitInSheet(panelState) ? waitAllActions(panelState) : [];
    return sheetHeader(this.model.shown, loaded, waitActions, {
      onSearch: (text) => this.model.show({ text }),
      onFilter: (filter) => this.model.show({ filter }),
      onEverywhere: (isEverywhere) => this.model.show({ isEverywhere }),
      onShowKeys: () => void this.#showKeys(),
      onLeave: () => this.sheetFocus.focusGrid(),
    });
  }

  #grid(loaded: LoadedSheet, folder: string) {
    return html`<limn-grid
      .sheet=${loaded}
      .folder=${folder}
      .active=${this.model.active}
      .several=${this.model.several}
      .marked=${this.model.marked}
      .awaited=${this.model.awaited.selected}
      .toKeep=${new Set(this.model.awaited.toKeep)}
      .beginsWithNewest=${this.model.beginsWithNewest}
      .scrollsToActive=${this.model.isSelectedByUser}
      .listener=${this.#listener}
      @keydown=${this.#onGridKey}
    ></limn-grid>`;
  }

  #details() {
    const { undoable } = this;
    const { active, awaited, several } = this.model;
    if (several.length === 0 && (active ?? awaited.selected ?? undoable) === undefined) {
      return nothing;
    }
    return html`<div class="strip" @keydown=${({ key }: KeyboardEvent) => key === "Escape" && this.#leave()}>
      ${undoable === undefined ? nothing : undoBar(undoable, () => this.#actions.undo())}
      ${several.length > 0 ? this.#severalDetails(several) : active === undefined ? this.#awaitedDetails() : this.#activeDetails(active)}
    </div>`;
  }

  async #loadOnDemand(): Promise<void> {
    this.onDemand = await import("./onDemand.ts");
  }

  #severalDetails(several: readonly SheetEntry[]) {
    return this.onDemand?.severalDetails(
      several,
      this.model.isRangeCut,
      (action) => this.#actions.runWithSeveral(action),
      () => this.#leave(),
    );
  }

  #awaitedDetails() {
    const { awaited } = this.model;
    return awaited.selected === undefined
      ? nothing
      : awaitedDetails(awaited.toKeep.has(awaited.selected), () => this.newest.toggleKeep());
  }

  #activeDetails(active: SheetEntry) {
    return this.showsSettings
      ? this.onDemand?.pictureSettings(
          active,
          this.panelState,
          () => this.#reuse(active),
          () => this.#leave(),
        )
      : pictureDetails(active, this.model.marked, this.#detailsListener(active));
  }

  #reuse(entry: SheetEntry): void {
    post({ type: "reuse", job: entry.job.id });
    this.#leave();
  }

  /** Leaves the settings, or the selection of several pictures. */
  #leave(): void {
    this.showsSettings = false;
    this.model.selectOne();
    this.sheetFocus.focusGrid();
  }

  #detailsListener(entry: SheetEntry) {
    return {
      onAction: (id: ActionId) => this.#actions.run(entry, id),
      onOpenKept: (index: number) => post({ type: "openKept", ...refOf(entry), index }),
      onMenu: (anchor: Element) => {
        const { left, top } = anchor.getBoundingClientRect();
        void this.#actions.openMenu(entry, left, top);
      },
    };
  }

  async #showKeys(): Promise<void> {
    await this.#loadOnDemand();
    this.renderRoot.querySelector("limn-keys")?.open();
  }

  /** Shows other pictures than the grid that is gone, and puts the focus on them. */
  #show(changes: Partial<ShownPictures>): void {
    this.model.show(changes);
    this.sheetFocus.focusGrid();
  }

  #onGridKey(event: KeyboardEvent): void {
    onGridKey(event, {
      onShowKeys: () => void this.#showKeys(),
      onSearch: () => this.renderRoot.querySelector<HTMLElement>("vscode-textfield")?.focus(),
      onSelectAll: () => this.model.selectAll(),
      onEscape: () => this.model.selectOne() || this.newest.moveBack() || this.sheetFocus.focusPrompt(),
      onOtherKey: (other) => this.newest.moveBackToType(other),
      press: (key, isRepeat, mode) => this.model.press(key, isRepeat, mode),
    });
  }
}

customElements.define("limn-sheet", Sheet);

declare global {
  interface HTMLElementTagNameMap {
    "limn-sheet": Sheet;
  }
}
