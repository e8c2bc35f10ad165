import * as l10n from "@vscode/l10n";
import "@lit-labs/virtualizer";
import type { VisibilityChangedEvent } from "@lit-labs/virtualizer";
import { flow } from "@lit-labs/virtualizer/layouts/flow.js";
import { html, LitElement, type PropertyValues } from "lit";
import type { PictureRef } from "../../../protocol.ts";
import { RedrawTimer } from "../../jobs/redrawTimer.ts";
import { isWaitedFor } from "../../shared/jobState.ts";
import { afterNextPaint, scrollContainerOf } from "../../shared/scroll.ts";
import type { AwaitedPictures } from "../awaitedPictures.ts";
import { isSamePicture, refOf, type SheetEntry, type Slot } from "../sheetEntries.ts";
import type { GridListener } from "./gridListener.ts";
import { GridMouse } from "./gridMouse.ts";
import { gridStyle } from "./gridStyle.ts";
import { GridTiles, type TilePosition } from "./gridTiles.ts";
import { jobHeading } from "./heading.ts";
import { hasMoved, type LoadedSheet, rowAt, type TileRow } from "./loadedSheet.ts";
import { tile, tileId, waitingId, waitingTile } from "./tile.ts";

/** Without it the virtualizer would draw nothing until it had imported its default layout. */
const layout = flow();

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
    several: { attribute: false },
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
  /** The pictures that are selected together; none while only `active` is selected. */
  declare several: readonly SheetEntry[];
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
   * The indexes of the rows. The same array while no row moves: the virtualizer treats a new one as
   * a new list.
   */
  #rows: readonly number[] = [];
  #hasFocusedButton = false;
  readonly #tiles = new GridTiles(this);
  readonly #mouse = new GridMouse(this);
  /** The tile at the top of the view, which stays there when rows move. */
  #anchor: TilePosition | undefined;

  constructor() {
    super();
    new RedrawTimer(this, () => this.sheet.rows.some((row) => row.kind === "heading" && isWaitedFor(row.job)));
    this.several = [];
    this.toKeep = new Set();
    this.folder = "";
    this.beginsWithNewest = false;
    this.scrollsToActive = true;
  }

  override focus(): void {
    this.takeFocus();
    this.listener?.onFocus();
  }

  /** Takes the focus without a change of the selection. */
  takeFocus(): void {
    this.#virtualizer()?.focus({ preventScroll: true });
  }

  /** The picture at the top of the view; `undefined` while the first row is in view. */
  topPicture(): PictureRef | undefined {
    return this.#tiles.top()?.ref;
  }

  /** Number of lines of tiles that fit into the view. */
  linesPerPage(): number {
    const line = this.renderRoot.querySelector(".tiles:not(.newest)")?.getBoundingClientRect().height;
    return line === undefined ? 1 : Math.max(1, Math.floor(scrollContainerOf(this).clientHeight / line) - 1);
  }

  /** Scrolls to the first tile. */
  scrollToNewest(): Promise<void> {
    return this.#tiles.scrollToFirst();
  }

  /** Where the selected tile is in the view; `undefined` if it is not in the page. */
  activeRect(): DOMRect | undefined {
    const { active } = this;
    return active === undefined ? undefined : this.#tiles.element(refOf(active))?.getBoundingClientRect();
  }

  protected override firstUpdated(): void {
    const virtualizer = this.#virtualizer();
    if (virtualizer !== undefined) {
      // It adds and removes rows after the update, and while the view scrolls.
      new MutationObserver(() => this.#pointAtActive()).observe(virtualizer, { childList: true, subtree: true });
    }
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    this.#hasFocusedButton = this.renderRoot.querySelector("button:focus") !== null;
    if (changed.has("sheet") && hasMoved(changed.get("sheet"), this.sheet)) {
      this.#anchor = this.#rows.length === 0 ? undefined : this.#tiles.top();
      this.#rows = Array.from({ length: this.sheet.rowCount }, (_, index) => index);
    }
  }

  protected override updated(changed: PropertyValues<this>): void {
    this.#virtualizer()?.style.setProperty("--columns", String(this.sheet.columns));
    this.#pointAtActive();
    if (this.#hasFocusedButton) {
      void this.#keepFocus();
    }
    if (changed.has("sheet")) {
      this.#measureRows();
    }
    if (this.#anchor !== undefined) {
      void this.#tiles.restore(this.#anchor);
      this.#anchor = undefined;
    } else if (
      changed.has("active") &&
      this.scrollsToActive &&
      this.active !== undefined &&
      !isSamePicture(this.active, changed.get("active"))
    ) {
      void this.#tiles.scrollIntoView(refOf(this.active));
    }
  }

  protected override render() {
    const now = Date.now();
    return html`<lit-virtualizer
      role="grid"
      tabindex="0"
      aria-multiselectable="true"
      aria-label=${l10n.t("Pictures")}
      aria-rowcount=${this.sheet.rowCount}
      aria-colcount=${this.sheet.columns}
      .layout=${layout}
      .items=${this.#rows}
      .keyFunction=${(_: unknown, index: number) => rowAt(this.sheet, index)?.key ?? index}
      .renderItem=${(_: unknown, index: number) => this.#row(index, now)}
      @visibilityChanged=${this.#onVisible}
      @keydown=${this.#onKey}
      @click=${this.#mouse.onClick}
      @dblclick=${this.#mouse.onDoubleClick}
      @contextmenu=${this.#mouse.onMenu}
      @dragstart=${this.#mouse.onDrag}
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
      const isActive = isSamePicture(slot, this.active);
      return tile(slot, this.folder, {
        isActive,
        isSelected: this.several.length === 0 ? isActive : this.several.some((entry) => isSamePicture(entry, slot)),
        isOneOfSeveral: this.several.length > 0,
        isMarked: isSamePicture(slot, this.marked),
      });
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

  /** Names the element of the selected picture to screen readers, while it is drawn. */
  #pointAtActive(): void {
    const id = this.#activeId();
    const isDrawn = id !== undefined && this.renderRoot.querySelector(`#${CSS.escape(id)}`) !== null;
    if (isDrawn) {
      this.#virtualizer()?.setAttribute("aria-activedescendant", id);
    } else {
      this.#virtualizer()?.removeAttribute("aria-activedescendant");
    }
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
      this.takeFocus();
    }
  }

  #virtualizer() {
    return this.renderRoot.querySelector("lit-virtualizer") ?? undefined;
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
}

customElements.define("limn-grid", Grid);

declare global {
  interface HTMLElementTagNameMap {
    "limn-grid": Grid;
  }
}
