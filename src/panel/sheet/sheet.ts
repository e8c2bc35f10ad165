import * as l10n from "@vscode/l10n";
import "@vscode-elements/elements/dist/vscode-button/index.js";
import "@vscode-elements/elements/dist/vscode-icon/index.js";
import "@vscode-elements/elements/dist/vscode-textfield/index.js";
import "@vscode-elements/elements/dist/vscode-toolbar-button/index.js";
import { html, LitElement, nothing, type PropertyValues } from "lit";
import type { Snapshot } from "../../protocol.ts";
import { post } from "../../webview/vscodeApi.ts";
import { draft, hasTypedPrompt, onDraftChange } from "../draft.ts";
import { announce } from "../shared/announce.ts";
import { ignoreSecondClicks } from "../shared/doubleClick.ts";
import { type ActionId, type CopyAction, pictureActions } from "./actions.ts";
import { BarHeights } from "./barHeights.ts";
import { type Filter, isSamePicture, type SheetEntry } from "./sheetEntries.ts";
import "./grid/grid.ts";
import type { GridListener } from "./grid/grid.ts";
import { onGridKey } from "./grid/gridKeys.ts";
import "./menu/keys.ts";
import "./menu/menu.ts";
import { copyMenu, pictureMenu } from "./menu/pictureMenu.ts";
import { PendingActions } from "./pendingActions.ts";
import { pictureDetails, pictureSettings, undoBar } from "./pictureDetails.ts";
import { SheetFocus } from "./sheetFocus.ts";
import { emptyState, sheetFooter, sheetHeader } from "./sheetParts.ts";
import { sheetStyle } from "./sheetStyle.ts";
import { entryInPlaceOf, sameEntry, shownEntries } from "./shownEntries.ts";
import { UndoKeys } from "./undoKeys.ts";
import { type UndoableDiscard, UndoOffer } from "./undoOffer.ts";

/** The contact sheet: every picture of the vault, with its actions. */
export class Sheet extends LitElement {
  static override readonly styles = sheetStyle;
  static override readonly properties = {
    snapshot: { attribute: false },
    text: { state: true },
    filter: { state: true },
    active: { state: true },
    marked: { state: true },
    showsSettings: { state: true },
    undoable: { state: true },
  };

  declare snapshot: Snapshot | undefined;
  declare text: string;
  declare filter: Filter;
  declare active: SheetEntry | undefined;
  /** The picture that the others are compared with. */
  declare marked: SheetEntry | undefined;
  /** Whether the settings of the selected picture are shown. */
  declare showsSettings: boolean;
  /** The discarded picture that the sheet offers to restore. */
  declare undoable: UndoableDiscard | undefined;

  #shown = shownEntries([], "", "all");
  readonly #focus = new SheetFocus(this);
  readonly #pendingActions = new PendingActions();
  readonly #undoOffer = new UndoOffer();
  #unsubscribe?: () => void;
  readonly #listener: GridListener = {
    onSelect: (entry) => this.#select(entry),
    onOpen: (entry) => this.#runAction(entry, "open"),
    onMenu: (entry, x, y) => this.#openMenu(entry, x, y),
  };

  constructor() {
    super();
    this.text = "";
    this.filter = "all";
    this.showsSettings = false;
    new BarHeights(this, { "--above": ".bar", "--below": ".strip" });
    ignoreSecondClicks(this);
    new UndoKeys(this, () => this.undoable !== undefined && this.#undo());
  }

  override connectedCallback(): void {
    super.connectedCallback();
    // The note on the typed prompt must be true when the button below it is pressed.
    this.#unsubscribe = onDraftChange(() => this.showsSettings && this.requestUpdate());
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#unsubscribe?.();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const jobs = this.snapshot?.jobs ?? [];
    if (changed.has("snapshot")) {
      this.#announceOutcomes();
    }
    if (!changed.has("snapshot") && !changed.has("text") && !changed.has("filter")) {
      return;
    }
    const before = this.#shown.entries;
    this.#shown = shownEntries(jobs, this.text, this.filter);
    const { entries } = this.#shown;
    const next = changed.has("snapshot") ? entryInPlaceOf(this.active, before, entries) : undefined;
    const active = sameEntry(entries, this.active) ?? next;
    this.showsSettings &&= isSamePicture(active, this.active);
    this.active = active;
    this.marked = sameEntry(entries, this.marked);
  }

  protected override updated(changed: PropertyValues<this>): void {
    // The grid is removed with its last picture, and the focus is lost with it.
    const isNew = changed.has("undoable") && this.undoable !== undefined && changed.get("snapshot") !== undefined;
    if (isNew && this.#shown.entries.length === 0) {
      this.#focus.focusAfterPaint(".undo-discard");
    }
  }

  protected override render() {
    const { snapshot } = this;
    if (snapshot === undefined) {
      return nothing;
    }
    const hasPictures = this.#shown.counts.all + this.#shown.counts.discarded > 0 || this.text !== "";
    return html`
      <section aria-labelledby="title">
        ${hasPictures ? this.#header() : html`<h2 id="title">${l10n.t("Pictures")}</h2>`}
        ${this.#shown.entries.length > 0 ? this.#grid(snapshot.thumbnails) : emptyState(snapshot, hasPictures, this.#shown.counts, this.#showFilter)}
        ${this.#details()} ${hasPictures || snapshot.vaultBytes > 0 ? sheetFooter(snapshot.vaultBytes) : nothing}
        <limn-menu></limn-menu>
        <limn-keys></limn-keys>
      </section>
    `;
  }

  #header() {
    return sheetHeader(this.text, this.filter, this.#shown.counts, {
      onSearch: (text) => {
        this.text = text;
      },
      onFilter: (filter) => {
        this.filter = filter;
      },
      onShowKeys: () => this.#showKeys(),
      onLeave: () => this.#focus.focusGrid(),
    });
  }

  #grid(folder: string) {
    return html`<limn-grid
      .groups=${this.#shown.groups}
      .folder=${folder}
      .active=${this.active}
      .marked=${this.marked}
      .listener=${this.#listener}
      @keydown=${this.#onGridKey}
    ></limn-grid>`;
  }

  #details() {
    const { active, undoable } = this;
    if (active === undefined && undoable === undefined) {
      return nothing;
    }
    return html`<div class="strip" @keydown=${({ key }: KeyboardEvent) => key === "Escape" && this.#leaveSettings()}>
      ${undoable === undefined ? nothing : undoBar(undoable, () => this.#undo())}
      ${
        active === undefined
          ? nothing
          : this.showsSettings
            ? pictureSettings(
                active,
                this.#replacesTypedPrompt(active),
                () => this.#reuse(active),
                () => this.#leaveSettings(),
              )
            : pictureDetails(active, this.marked, (id, at) => this.#runAction(active, id, at))
      }
    </div>`;
  }

  #select(entry: SheetEntry): void {
    this.showsSettings &&= isSamePicture(entry, this.active);
    this.active = entry;
  }

  /** Does the action, or announces why it cannot be done. */
  #runAction(entry: SheetEntry, id: ActionId, anchor?: Element): void {
    const action = pictureActions.find((one) => one.id === id);
    if (action === undefined) {
      return;
    }
    const intent = action.intent?.(entry, this.marked);
    if (action.intent !== undefined && intent === undefined) {
      announce(l10n.t("There is nothing to compare it with yet. Press M on another picture to mark it first."));
      return;
    }
    if (id !== "discard") {
      this.#dismissUndo();
    }
    if (id === "copy") {
      this.#openCopyMenu(entry, anchor ?? this);
      return;
    }
    if (id === "mark") {
      this.marked = isSamePicture(entry, this.marked) ? undefined : entry;
      announce(
        this.marked === undefined
          ? l10n.t("Picture {0} is not marked any more", entry.number)
          : action.announcement(entry),
      );
      return;
    }
    announce(action.announcement(entry));
    if (id === "reuse") {
      [this.active, this.showsSettings] = [entry, true];
      this.#focus.focusAfterPaint(".use");
    } else if (intent !== undefined) {
      post(intent);
      this.#pendingActions.add(id, entry);
    }
  }

  /** Announces the actions that the snapshot shows as done. */
  #announceOutcomes(): void {
    const outcomes = this.#pendingActions.takeOutcomes(this.snapshot?.jobs ?? []);
    this.undoable = this.snapshot && this.#undoOffer.current(this.snapshot);
    if (outcomes.length > 0) {
      announce(outcomes.join(". "));
    }
  }

  #replacesTypedPrompt({ job }: SheetEntry): boolean {
    return hasTypedPrompt() && draft().prompt !== job.prompt;
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
    this.#select(entry);
    const items = pictureMenu(entry, this.marked, (id) => this.#runAction(entry, id), this.#copy);
    void this.renderRoot.querySelector("limn-menu")?.open(l10n.t("Picture {0}", entry.number), items, x, y);
  }

  #openCopyMenu(entry: SheetEntry, anchor: Element): void {
    const { left, top } = anchor.getBoundingClientRect();
    void this.renderRoot.querySelector("limn-menu")?.open(l10n.t("Copy"), copyMenu(entry, this.#copy), left, top);
  }

  #showKeys(): void {
    this.renderRoot.querySelector("limn-keys")?.open();
  }

  readonly #showFilter = (filter: Filter): void => {
    [this.text, this.filter] = ["", filter];
    this.#focus.focusGrid();
  };

  #onGridKey(event: KeyboardEvent): void {
    onGridKey(event, {
      onShowKeys: () => this.#showKeys(),
      onSearch: () => this.renderRoot.querySelector<HTMLElement>("vscode-textfield")?.focus(),
      active: this.active,
      onAction: (entry, id) => this.#runAction(entry, id),
    });
  }
}

customElements.define("limn-sheet", Sheet);

declare global {
  interface HTMLElementTagNameMap {
    "limn-sheet": Sheet;
  }
}
