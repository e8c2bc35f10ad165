import * as l10n from "@vscode/l10n";
import "@lit-labs/virtualizer";
import type { VisibilityChangedEvent } from "@lit-labs/virtualizer";
import { flow } from "@lit-labs/virtualizer/layouts/flow.js";
import { html, LitElement, nothing, type PropertyValues } from "lit";
import type { DraggedPicture, DragType, PictureRef } from "../../../protocol.ts";
import { RedrawTimer } from "../../jobs/redrawTimer.ts";
import { isWaitedFor } from "../../shared/jobState.ts";
import { afterNextPaint, scrollContainerOf } from "../../shared/scroll.ts";
import type { AwaitedPictures } from "../awaitedPictures.ts";
import { isSamePicture, refOf, type SheetEntry, type Slot } from "../sheetEntries.ts";
import { gridStyle } from "./gridStyle.ts";
import { jobHeading } from "./heading.ts";
import { hasMoved, type LoadedSheet, rowAt, rowIndexOf, type TileRow, tileIndexOf } from "./loadedSheet.ts";
import { tile, tileId, waitingId, waitingTile } from "./tile.ts";

/** Events of the grid. `x` and `y` are px in the view. */
export interface GridListener {
  /** Called when the grid gets the focus by code. */
  onFocus(): void;
  /** Called with the first and the last row in view. */
  onVisible(first: number, last: number): void;
  onSelect(entry: SheetEntry): void;
  onOpen(entry: SheetEntry): void;
  onMenu(entry: SheetEntry, x: number, y: number): void;
}

/** The type that the host looks for in a drop on a text editor. */
const dragType: DragType = "application/vnd.limn.picture+json";

/** Without it the virtualizer would draw nothing until it had imported its default layout. */
const layout = flow();

/** The picture of a tile's element. */
const tileRef = ({ dataset: { job = "", picture = "" } }: HTMLElement): PictureRef => ({ job, picture });

/** A tile and where it is. */
interface TilePosition {
  readonly ref: PictureRef;
  /** Distance from the top of the view, in px. */
  readonly top: number;
}

/**
 * The tiles; only those in view are in the page. Rows that are not loaded are empty. The grid
 * itself keeps the focus and points at the selected tile, so that the focus is not lost when that
 * tile is scrolled out of view.
 */
export class Grid extends LitElement {
  static override readonly styles = gridStyle;
  static override readonly properties = {
    sheet: { attribute: false },
    folder: { attribute: false },
    active: { attribute: false },
    marked: { attribute: false },
    awaited: { attribute: false },
    toKeep: { attribute: false },
    beginsWithNewest: { type: Boolean },
    scrollsToActive: { attribute: false },
    listener: { attribute: false },
  };

  declare sheet: LoadedSheet;
  /** Link to the thumbnails. */
  declare folder: string;
  declare active: SheetEntry | undefined;
  declare marked: SheetEntry | undefined;
  /** Id of the job whose first picture is selected and on its way. */
  declare awaited: AwaitedPictures["selected"];
  /** Ids of the jobs whose first picture is kept when it arrives. */
  declare toKeep: AwaitedPictures["toKeep"];
  /** Whether the first job is the newest one, whose pictures are shown larger. */
  declare beginsWithNewest: boolean;
  /** Whether a newly selected picture is scrolled into view. */
  declare scrollsToActive: boolean;
  declare listener: GridListener | undefined;

  /**
   * The picture under the first click of a double click: that click may have closed a menu over
   * another picture.
   */
  #lastClicked: SheetEntry | undefined;
  /**
   * The indexes of the rows. The same array while no row moves: the virtualizer treats a new one as
   * a new list.
   */
  #rows: readonly number[] = [];
  #hasFocusedButton = false;
  /** The tile at the top of the view, which stays there when rows move. */
  #anchor: TilePosition | undefined;

  constructor() {
    super();
    new RedrawTimer(this, () => this.sheet.rows.some((row) => row.kind === "heading" && isWaitedFor(row.job)));
    this.toKeep = new Set();
    this.folder = "";
    this.beginsWithNewest = false;
    this.scrollsToActive = true;
  }

  override focus(): void {
    this.#virtualizer()?.focus({ preventScroll: true });
    this.listener?.onFocus();
  }

  /** The picture at the top of the view; `undefined` while the first row is in view. */
  topPicture(): PictureRef | undefined {
    return this.#topTile()?.ref;
  }

  /** Number of lines of tiles that fit into the view. */
  linesPerPage(): number {
    const line = this.renderRoot.querySelector(".tiles:not(.newest)")?.getBoundingClientRect().height;
    return line === undefined ? 1 : Math.max(1, Math.floor(scrollContainerOf(this).clientHeight / line) - 1);
  }

  /** Scrolls to the first tile, which is drawn only when the grid is near the view. */
  async scrollToNewest(): Promise<void> {
    await afterNextPaint();
    const first = () => this.renderRoot.querySelector(".tile") ?? undefined;
    if (first() === undefined) {
      this.scrollIntoView({ block: "nearest" });
      await afterNextPaint();
    }
    first()?.scrollIntoView({ block: "nearest" });
  }

  /** Where the selected tile is in the view; `undefined` if it is not in the page. */
  activeRect(): DOMRect | undefined {
    const { active } = this;
    return active === undefined ? undefined : this.#element(refOf(active))?.getBoundingClientRect();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    this.#hasFocusedButton = this.renderRoot.querySelector("button:focus") !== null;
    if (changed.has("sheet") && hasMoved(changed.get("sheet"), this.sheet)) {
      this.#anchor = this.#rows.length === 0 ? undefined : this.#topTile();
      this.#rows = Array.from({ length: this.sheet.rowCount }, (_, index) => index);
    }
  }

  protected override updated(changed: PropertyValues<this>): void {
    this.#virtualizer()?.style.setProperty("--columns", String(this.sheet.columns));
    if (this.#hasFocusedButton) {
      void this.#keepFocus();
    }
    if (changed.has("sheet")) {
      this.#measureRows();
    }
    if (this.#anchor !== undefined) {
      const { ref, top } = this.#anchor;
      this.#anchor = undefined;
      void this.#restoreScroll(ref, top);
    } else if (
      changed.has("active") &&
      this.scrollsToActive &&
      this.active !== undefined &&
      !isSamePicture(this.active, changed.get("active"))
    ) {
      void this.#scrollTileIntoView(refOf(this.active));
    }
  }

  protected override render() {
    const now = Date.now();
    return html`<lit-virtualizer
      role="grid"
      tabindex="0"
      aria-label=${l10n.t("Pictures")}
      aria-rowcount=${this.sheet.rowCount}
      aria-colcount=${this.sheet.columns}
      aria-activedescendant=${this.#activeId() ?? nothing}
      .layout=${layout}
      .items=${this.#rows}
      .keyFunction=${(_: unknown, index: number) => rowAt(this.sheet, index)?.key ?? index}
      .renderItem=${(_: unknown, index: number) => this.#row(index, now)}
      @visibilityChanged=${this.#onVisible}
      @keydown=${this.#onKey}
      @click=${this.#onClick}
      @dblclick=${this.#onDoubleClick}
      @contextmenu=${this.#onMenu}
      @dragstart=${this.#onDrag}
    ></lit-virtualizer>`;
  }

  #row(index: number, now: number) {
    const row = rowAt(this.sheet, index);
    if (row === undefined) {
      return html`<div role="row" class="row unloaded" aria-rowindex=${index + 1} aria-busy="true"></div>`;
    }
    return row.kind === "heading"
      ? html`<div role="row" class="row" aria-rowindex=${index + 1}>${jobHeading(row.job, now)}</div>`
      : html`<div role="row" class="row tiles ${this.#newestClass(row)}" aria-rowindex=${index + 1}>
          ${row.slots.map((slot, column) => this.#slot(row, slot, column))}
        </div>`;
  }

  #slot({ job, start }: TileRow, slot: Slot, column: number) {
    if (slot !== undefined) {
      return tile(slot, this.folder, isSamePicture(slot, this.active), isSamePicture(slot, this.marked));
    }
    const number = start + column + 1;
    const isFirst = number === 1;
    return waitingTile(job, number, isFirst && this.awaited === job.id, isFirst && this.toKeep.has(job.id));
  }

  /** Id of the element of the selected picture. */
  #activeId(): string | undefined {
    if (this.active !== undefined) {
      return tileId(refOf(this.active));
    }
    return this.awaited === undefined ? undefined : waitingId(this.awaited, 1);
  }

  /** The class of the newest job's tiles if they are few: these are larger than others. */
  #newestClass({ job, slots }: TileRow): string {
    const isNewest = this.beginsWithNewest && job.id === this.sheet.rows[0]?.key;
    const isAll = rowAt(this.sheet, 2)?.kind !== "tiles";
    return isNewest && isAll && slots.length < 3 ? `newest of-${slots.length}` : "";
  }

  /** Gives rows that are not loaded the mean height of the others. */
  #measureRows(): void {
    if (this.sheet.rows.length === this.sheet.rowCount) {
      return;
    }
    const rows = [...this.renderRoot.querySelectorAll<HTMLElement>(".row:not(.unloaded)")];
    if (rows.length > 0) {
      const height = rows.reduce((sum, row) => sum + row.offsetHeight, 0) / rows.length;
      this.#virtualizer()?.style.setProperty("--row-height", `${Math.round(height)}px`);
    }
  }

  /** Takes the focus if the button that had it is removed, since its job has ended. */
  async #keepFocus(): Promise<void> {
    await afterNextPaint();
    if (document.hasFocus() && document.activeElement === document.body) {
      this.#virtualizer()?.focus({ preventScroll: true });
    }
  }

  #virtualizer() {
    return this.renderRoot.querySelector("lit-virtualizer") ?? undefined;
  }

  #element(ref: PictureRef): Element | undefined {
    return this.renderRoot.querySelector(`#${CSS.escape(tileId(ref))}`) ?? undefined;
  }

  #topTile(): TilePosition | undefined {
    const top = this.getBoundingClientRect().top;
    // While the first row is in view there is nothing to keep.
    const topTile =
      top >= 0
        ? undefined
        : [...this.renderRoot.querySelectorAll<HTMLElement>(".tile:not(.waiting)")].find(
            (one) => one.getBoundingClientRect().top >= 0,
          );
    return topTile && { ref: tileRef(topTile), top: topTile.getBoundingClientRect().top };
  }

  async #restoreScroll(ref: PictureRef, top: number): Promise<void> {
    if (tileIndexOf(this.sheet, ref) === undefined) {
      return;
    }
    await this.#scrollRowIntoView(ref, "start");
    const newTop = this.#element(ref)?.getBoundingClientRect().top ?? top;
    scrollContainerOf(this).scrollBy(0, newTop - top);
  }

  async #scrollTileIntoView(ref: PictureRef): Promise<void> {
    await this.#scrollRowIntoView(ref, "nearest");
    this.#element(ref)?.scrollIntoView({ block: "nearest" });
  }

  /** Scrolls to the row of a tile that is not drawn, so that it is. */
  async #scrollRowIntoView(ref: PictureRef, block: "start" | "nearest"): Promise<void> {
    await afterNextPaint();
    const index = tileIndexOf(this.sheet, ref);
    const row = index === undefined ? undefined : rowIndexOf(this.sheet, index);
    // The virtualizer knows no rows before it has drawn its first ones, nor after it has left the
    // page.
    if (this.isConnected && row !== undefined && this.#element(ref) === undefined) {
      this.#virtualizer()?.element(row)?.scrollIntoView({ block });
      await afterNextPaint();
    }
  }

  #entryAt(event: Event): SheetEntry | undefined {
    const element =
      event.target instanceof Element ? event.target.closest<HTMLElement>(".tile:not(.waiting)") : undefined;
    if (!element) {
      return undefined;
    }
    const { job, picture } = tileRef(element);
    return this.sheet.tiles.find((entry) => entry.job.id === job && entry.picture.id === picture);
  }

  #onVisible({ first, last }: VisibilityChangedEvent): void {
    this.listener?.onVisible(first, last);
  }

  #onKey(event: KeyboardEvent): void {
    if (event.altKey || event.metaKey || event.ctrlKey) {
      return;
    }
    const rect = this.activeRect();
    const isMenuKey = event.key === "ContextMenu" || (event.shiftKey && event.key === "F10");
    if (isMenuKey && this.active !== undefined && rect !== undefined) {
      event.preventDefault();
      this.listener?.onMenu(this.active, rect.left + 12, rect.top + 12);
    }
  }

  #onClick(event: MouseEvent): void {
    const entry = this.#entryAt(event);
    this.#lastClicked = event.detail < 2 ? entry : this.#lastClicked;
    if (entry !== undefined) {
      this.listener?.onSelect(entry);
    }
  }

  #onDoubleClick(event: Event): void {
    const entry = this.#entryAt(event);
    if (entry !== undefined && isSamePicture(entry, this.#lastClicked)) {
      this.listener?.onOpen(entry);
    }
  }

  #onMenu(event: MouseEvent): void {
    const entry = this.#entryAt(event);
    if (entry !== undefined) {
      event.preventDefault();
      this.#virtualizer()?.focus({ preventScroll: true });
      this.listener?.onMenu(entry, event.clientX, event.clientY);
    }
  }

  #onDrag(event: DragEvent): void {
    const entry = this.#entryAt(event);
    if (entry === undefined || !event.dataTransfer) {
      event.preventDefault();
      return;
    }
    event.dataTransfer.effectAllowed = "copy";
    event.dataTransfer.setData(dragType, JSON.stringify(refOf(entry) satisfies DraggedPicture));
    const path = entry.picture.kept.at(-1);
    if (path !== undefined) {
      event.dataTransfer.setData("text/plain", path);
    }
  }
}

customElements.define("limn-grid", Grid);

declare global {
  interface HTMLElementTagNameMap {
    "limn-grid": Grid;
  }
}
