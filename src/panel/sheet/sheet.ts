import * as l10n from "@vscode/l10n";
import "@vscode-elements/elements/dist/vscode-button/index.js";
import "@vscode-elements/elements/dist/vscode-icon/index.js";
import "@vscode-elements/elements/dist/vscode-textfield/index.js";
import "@vscode-elements/elements/dist/vscode-toolbar-button/index.js";
import { html, LitElement, nothing, type PropertyValues } from "lit";
import type { Filter } from "../../core/sheet/filters.ts";
import { UndoKeys } from "../../webview/undoKeys.ts";
import { post } from "../../webview/vscodeApi.ts";
import { isWaitInSheet } from "../jobs/queuedJobs.ts";
import { waitAllActions } from "../jobs/waitAllActions.ts";
import type { PanelState } from "../panelState.ts";
import { announce } from "../shared/announce.ts";
import { BarHeights } from "../shared/barHeights.ts";
import { ignoreSecondClicks } from "../shared/doubleClick.ts";
import { buy } from "../shared/press.ts";
import { type ActionId, actionForKey, type CopyAction, isActionKey, pictureActions } from "./actions.ts";
import { ColumnObserver } from "./columnObserver.ts";
import { FooterObserver } from "./footerObserver.ts";
import { isSamePicture, refOf, type SheetEntry } from "./sheetEntries.ts";
import "./grid/grid.ts";
import type { GridListener } from "./grid/grid.ts";
import { onGridKey } from "./grid/gridKeys.ts";
import type { LoadedSheet } from "./grid/loadedSheet.ts";
import "./menu/keys.ts";
import "./menu/menu.ts";
import { headingStyle } from "../shared/headingStyle.ts";
import { pictureMenu } from "./menu/pictureMenu.ts";
import { NewestPictures } from "./newestPictures.ts";
import { PendingActions } from "./pendingActions.ts";
import { awaitedDetails, pictureDetails, pictureSettings, undoBar } from "./pictureDetails.ts";
import { SheetFocus } from "./sheetFocus.ts";
import { SheetModel } from "./sheetModel.ts";
import { emptyState, sheetFooter, sheetHeader } from "./sheetParts.ts";
import { sheetStyle } from "./sheetStyle.ts";
import { type UndoableDiscard, UndoOffer } from "./undoOffer.ts";

/** Lowest height of a row, in px: no more rows fit into the view at first. */
const lowestRow = 40;

/** The contact sheet: every picture of the vault, with its actions. */
export class Sheet extends LitElement {
  static override readonly styles = [headingStyle, sheetStyle];
  static override readonly properties = {
    panelState: { attribute: false },
    showsSettings: { state: true },
    undoable: { state: true },
  };

  declare panelState: PanelState | undefined;
  /** Whether the settings of the selected picture are shown. */
  declare showsSettings: boolean;
  /** The discarded picture that the sheet offers to restore. */
  declare undoable: UndoableDiscard | undefined;

  /** Which pictures are shown, and which one is selected. */
  readonly model = new SheetModel(
    {
      topPicture: () => this.grid?.topPicture(),
      linesPerPage: () => this.grid?.linesPerPage() ?? 1,
      isActionKey,
      act: (key, isRepeat) => this.#act(key, isRepeat),
      actEarly: (key) => this.#newest.actEarly(key),
      keep: (entry) => this.#runAction(entry, "keep"),
      onLost: () => announce(l10n.t("The picture to keep did not arrive.")),
      isNewestExpected: () => this.#newest.isExpected,
      onNewest: () => void this.#newest.show(),
      onNewestLost: () => this.#newest.onLost(),
      isInUse: () => this.matches(":focus-within") || this.showsSettings || this.undoable !== undefined,
      onChange: () => this.requestUpdate(),
    },
    Math.ceil(window.innerHeight / lowestRow) * 4,
  );
  readonly #focus = new SheetFocus(this);
  readonly #newest = new NewestPictures(this);
  readonly #pendingActions = new PendingActions();
  readonly #undoOffer = new UndoOffer();
  #hadFocus = false;
  /** The picture whose settings may be shown. */
  #shownActive: SheetEntry | undefined;
  readonly #listener: GridListener = {
    onFocus: () => this.model.selectFirst(),
    onVisible: (first, last) => this.model.setVisible(first, last),
    onSelect: (entry) => this.model.select(entry),
    onOpen: (entry) => this.#runAction(entry, "open"),
    onMenu: (entry, x, y) => this.#openMenu(entry, x, y),
  };

  constructor() {
    super();
    this.showsSettings = false;
    new FooterObserver(this);
    new ColumnObserver(this, (columns) => this.model.setColumns(columns));
    new BarHeights(this, { "--above": ".bar", "--below": ".strip" });
    ignoreSecondClicks(this);
    new UndoKeys(this, () => this.undoable !== undefined && this.#undo());
  }

  /** The grid; `undefined` while there are no pictures. */
  get grid() {
    return this.renderRoot.querySelector("limn-grid") ?? undefined;
  }

  /** Scrolls to the pictures and focuses them. */
  reveal(): void {
    this.scrollIntoView();
    this.#focus.focusGrid();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    this.#hadFocus = this.matches(":focus-within");
    if (changed.has("panelState") && this.panelState !== undefined) {
      this.#announceOutcomes(this.panelState);
      this.model.receive(this.panelState);
    }
    const { active } = this.model;
    this.showsSettings &&= isSamePicture(active, this.#shownActive);
    this.#shownActive = active;
  }

  protected override updated(changed: PropertyValues<this>): void {
    const isFocusLost = this.#hadFocus && document.activeElement === document.body;
    // The grid is removed with its last picture, and the focus is lost with it.
    const isNew = changed.has("undoable") && this.undoable !== undefined && changed.get("panelState") !== undefined;
    if (isNew && this.model.loaded?.tileCount === 0) {
      this.#focus.focusAfterPaint(".undo-discard");
    } else if (isFocusLost) {
      // The button that had it is gone: its picture has arrived, or its job has ended.
      this.#focus.focusGrid();
    }
  }

  protected override render() {
    const { panelState } = this;
    const { loaded, text, filter, isEverywhere } = this.model;
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
              : emptyState(text !== "" || filter !== "all", loaded, {
                  onShow: (filter) => this.#show("", filter),
                  onShowEverywhere: () => this.#show(text, filter, true),
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
    const { text, filter, isEverywhere } = this.model;
    const waitActions = isWaitInSheet(panelState) ? waitAllActions(panelState) : [];
    return sheetHeader({ text, filter, isEverywhere }, loaded, waitActions, {
      onSearch: (typed) => this.model.show(typed, filter),
      onFilter: (chosen) => this.model.show(text, chosen),
      onEverywhere: (isChosen) => this.model.show(text, filter, isChosen),
      onShowKeys: () => this.#showKeys(),
      onLeave: () => this.#focus.focusGrid(),
    });
  }

  #grid(loaded: LoadedSheet, folder: string) {
    return html`<limn-grid
      .sheet=${loaded}
      .folder=${folder}
      .active=${this.model.active}
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
    const { active, marked, awaited } = this.model;
    if ((active ?? awaited.selected ?? undoable) === undefined) {
      return nothing;
    }
    return html`<div class="strip" @keydown=${({ key }: KeyboardEvent) => key === "Escape" && this.#leaveSettings()}>
      ${undoable === undefined ? nothing : undoBar(undoable, () => this.#undo())}
      ${
        active === undefined
          ? awaited.selected === undefined
            ? nothing
            : awaitedDetails(awaited.toKeep.has(awaited.selected), () => this.#newest.toggleKeep())
          : this.showsSettings
            ? pictureSettings(
                active,
                this.panelState?.models[0]?.name ?? "",
                () => this.#reuse(active),
                () => this.#leaveSettings(),
              )
            : pictureDetails(active, marked, this.#detailsListener(active))
      }
    </div>`;
  }

  /** Does the action of a key. A held X would discard the picture that is selected next. */
  #act(key: string, isRepeat: boolean): boolean {
    const { active } = this.model;
    const action = active && actionForKey(key, active);
    if (active !== undefined && action !== undefined && !isRepeat) {
      const isNew = active.picture.kept.length === 0;
      this.#runAction(active, action.id);
      this.#newest.onKeep(action.id === "keep" && isNew ? active.job : undefined);
    }
    return action !== undefined;
  }

  /** Does the action, or announces why it cannot be done. */
  #runAction(entry: SheetEntry, id: ActionId): void {
    const action = pictureActions.find((one) => one.id === id);
    if (action === undefined) {
      return;
    }
    const problem = action.problem?.(entry, this.model.marked);
    if (problem !== undefined) {
      announce(problem.announcement);
      return;
    }
    const intent = action.intent?.(entry, this.model.marked);
    if (id !== "discard") {
      this.#dismissUndo();
    }
    if (id === "mark") {
      const isMarked = isSamePicture(entry, this.model.marked);
      this.model.mark(isMarked ? undefined : entry);
      announce(isMarked ? l10n.t("Picture {0} is not marked any more", entry.number) : action.announcement(entry));
      return;
    }
    const { panelState } = this;
    if (action.purchase !== undefined) {
      const isSent = panelState !== undefined && buy(action.purchase(entry).intent, panelState);
      announce(isSent ? action.announcement(entry) : l10n.t("The last request for this picture is being sent."));
      return;
    }
    announce(action.announcement(entry));
    if (id === "reuse") {
      this.model.select(entry);
      [this.#shownActive, this.showsSettings] = [entry, true];
      this.#focus.focusAfterPaint(".use");
    } else if (intent !== undefined) {
      post(intent);
      this.#pendingActions.add(id, entry);
      if (id === "useAsReference") {
        this.#focusPrompt();
      }
    }
  }

  #focusPrompt(): void {
    this.dispatchEvent(new CustomEvent("limn-focus-field", { detail: "prompt", bubbles: true, composed: true }));
  }

  /** Announces the actions that the message shows as done. */
  #announceOutcomes(panelState: PanelState): void {
    const outcomes = this.#pendingActions.takeOutcomes(panelState.jobs);
    this.undoable = this.#undoOffer.current(panelState);
    if (outcomes.length > 0) {
      announce(outcomes.join(". "));
    }
  }

  #reuse(entry: SheetEntry): void {
    post({ type: "reuse", job: entry.job.id });
    this.#leaveSettings();
  }

  #leaveSettings(): void {
    this.showsSettings = false;
    this.#focus.focusGrid();
  }

  #undo(): void {
    this.#dismissUndo();
    post({ type: "undoDiscard" });
    announce(l10n.t("Restoring the discarded picture"));
    this.#focus.focusGrid();
  }

  #dismissUndo(): void {
    this.#undoOffer.dismiss(this.undoable);
    this.undoable = undefined;
  }

  readonly #copy = ({ intent, announcement }: CopyAction): void => {
    this.#dismissUndo();
    post(intent);
    announce(announcement);
  };

  #openMenu(entry: SheetEntry, x: number, y: number): void {
    this.model.select(entry);
    const isFree = this.panelState?.engine.kind === "sandbox";
    const items = pictureMenu(entry, this.model.marked, isFree, (id) => this.#runAction(entry, id), this.#copy);
    void this.renderRoot.querySelector("limn-menu")?.open(l10n.t("Picture {0}", entry.number), items, x, y);
  }

  #detailsListener(entry: SheetEntry) {
    return {
      onAction: (id: ActionId) => this.#runAction(entry, id),
      onOpenKept: (index: number) => post({ type: "openKept", ...refOf(entry), index }),
      onMenu: (anchor: Element) => {
        const { left, top } = anchor.getBoundingClientRect();
        this.#openMenu(entry, left, top);
      },
    };
  }

  #showKeys(): void {
    this.renderRoot.querySelector("limn-keys")?.open();
  }

  /** Shows other pictures than the grid that is gone, and puts the focus on them. */
  #show(text: string, filter: Filter, isEverywhere?: boolean): void {
    this.model.show(text, filter, isEverywhere);
    this.#focus.focusGrid();
  }

  #onGridKey(event: KeyboardEvent): void {
    onGridKey(event, {
      onShowKeys: () => this.#showKeys(),
      onSearch: () => this.renderRoot.querySelector<HTMLElement>("vscode-textfield")?.focus(),
      onEscape: () => this.#newest.moveBack() || this.#focusPrompt(),
      onOtherKey: (other) => this.#newest.moveBackToType(other),
      press: (key, isRepeat) => this.model.press(key, isRepeat),
    });
  }
}

customElements.define("limn-sheet", Sheet);

declare global {
  interface HTMLElementTagNameMap {
    "limn-sheet": Sheet;
  }
}
