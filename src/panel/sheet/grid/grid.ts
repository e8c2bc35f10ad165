import * as l10n from "@vscode/l10n";
import "@lit-labs/virtualizer";
import { html, LitElement, nothing, type PropertyValues } from "lit";
import type { DraggedPicture, DragType } from "../../../protocol.ts";
import { afterNextPaint, scrollContainerOf } from "../../shared/scroll.ts";
import { isSamePicture, type JobGroup, type SheetEntry } from "../sheetEntries.ts";
import { gridStyle } from "./gridStyle.ts";
import { indexOfNth, moveSelection } from "./moveSelection.ts";
import { columnsForWidth, layOutSheet, rowIndexOf, type SheetLayout } from "./sheetLayout.ts";
import { jobHeading, tile, tileId } from "./tile.ts";

/** Events of the grid. `x` and `y` are px in the view. */
export interface GridListener {
  onSelect(entry: SheetEntry): void;
  onOpen(entry: SheetEntry): void;
  onMenu(entry: SheetEntry, x: number, y: number): void;
}

/** The type that the host looks for in a drop on a text editor. */
const dragType: DragType = "application/vnd.limn.picture+json";

const keysOf = ({ rows }: SheetLayout): readonly string[] => rows.map(({ key }) => key);

/**
 * The tiles; only those in view are in the page. The grid itself keeps the focus and points at the
 * selected tile, so that the focus is not lost when that tile is scrolled out of view.
 */
export class Grid extends LitElement {
  static override readonly styles = gridStyle;
  static override readonly properties = {
    groups: { attribute: false },
    folder: { attribute: false },
    active: { attribute: false },
    marked: { attribute: false },
    listener: { attribute: false },
    columns: { state: true },
  };

  declare groups: readonly JobGroup[];
  /** Link to the thumbnails. */
  declare folder: string;
  declare active: SheetEntry | undefined;
  declare marked: SheetEntry | undefined;
  declare listener: GridListener | undefined;
  declare columns: number;

  #layout: SheetLayout = { rows: [], tiles: [] };
  /**
   * The picture under the first click of a double click: that click may have closed a menu over
   * another picture.
   */
  #lastClicked: SheetEntry | undefined;
  /** The same array while the rows are the same: the virtualizer treats a new one as a new list. */
  #keys: readonly string[] = [];
  /** The tile at the top of the view and its distance from there, in px: kept when rows change. */
  #anchor: { readonly id: string; readonly top: number } | undefined;
  readonly #resizeObserver = new ResizeObserver(([entry]) => {
    this.columns = columnsForWidth(entry?.contentRect.width ?? 0);
  });

  constructor() {
    super();
    this.groups = [];
    this.folder = "";
    this.columns = 2;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#resizeObserver.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resizeObserver.disconnect();
  }

  /** Focuses the grid, and selects the first tile if none is selected. */
  override focus(): void {
    this.#virtualizer()?.focus({ preventScroll: true });
    if (this.active === undefined && this.#layout.tiles[0] !== undefined) {
      this.listener?.onSelect(this.#layout.tiles[0]);
    }
  }

  /** Where the selected tile is in the view; `undefined` if it is not in the page. */
  activeRect(): DOMRect | undefined {
    const { active } = this;
    return active === undefined ? undefined : this.#element(tileId(active))?.getBoundingClientRect();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has("groups") && !changed.has("columns")) {
      return;
    }
    this.#layout = layOutSheet(this.groups, this.columns);
    const keys = keysOf(this.#layout);
    if (keys.length !== this.#keys.length || keys.some((key, index) => key !== this.#keys[index])) {
      this.#anchor = this.#keys.length === 0 ? undefined : this.#topTile();
      this.#keys = keys;
    }
  }

  protected override updated(changed: PropertyValues<this>): void {
    this.#virtualizer()?.style.setProperty("--columns", String(this.columns));
    if (this.#anchor !== undefined) {
      const { id, top } = this.#anchor;
      this.#anchor = undefined;
      void this.#restoreScroll(id, top);
    } else if (
      changed.has("active") &&
      this.active !== undefined &&
      !isSamePicture(this.active, changed.get("active"))
    ) {
      void this.#scrollTileIntoView(tileId(this.active));
    }
  }

  protected override render() {
    const now = Date.now();
    return html`<lit-virtualizer
      role="grid"
      tabindex="0"
      aria-label=${l10n.t("Pictures")}
      aria-rowcount=${this.#layout.rows.length}
      aria-colcount=${this.columns}
      aria-activedescendant=${this.active === undefined ? nothing : tileId(this.active)}
      .items=${this.#keys}
      .keyFunction=${(key: unknown) => key}
      .renderItem=${(_: unknown, index: number) => this.#row(index, now)}
      @keydown=${this.#onKey}
      @click=${this.#onClick}
      @dblclick=${this.#onDoubleClick}
      @contextmenu=${this.#onMenu}
      @dragstart=${this.#onDrag}
    ></lit-virtualizer>`;
  }

  #row(index: number, now: number) {
    const row = this.#layout.rows[index];
    if (row === undefined) {
      return html`<div role="row"></div>`;
    }
    return row.kind === "heading"
      ? html`<div role="row" class="row" aria-rowindex=${index + 1}>${jobHeading(row.group, now)}</div>`
      : html`<div role="row" class="row tiles" aria-rowindex=${index + 1}>
          ${row.tiles.map((entry) => tile(entry, this.folder, isSamePicture(entry, this.active), isSamePicture(entry, this.marked)))}
        </div>`;
  }

  #virtualizer() {
    return this.renderRoot.querySelector("lit-virtualizer") ?? undefined;
  }

  #element(id: string): Element | undefined {
    return this.renderRoot.querySelector(`#${CSS.escape(id)}`) ?? undefined;
  }

  #indexOf(id: string): number {
    return this.#layout.tiles.findIndex((entry) => tileId(entry) === id);
  }

  #topTile() {
    const top = this.getBoundingClientRect().top;
    // While the first row is in view there is nothing to keep.
    const topTile =
      top >= 0
        ? undefined
        : [...this.renderRoot.querySelectorAll(".tile")].find((one) => one.getBoundingClientRect().top >= 0);
    return topTile === undefined ? undefined : { id: topTile.id, top: topTile.getBoundingClientRect().top };
  }

  async #restoreScroll(id: string, top: number): Promise<void> {
    if (this.#indexOf(id) < 0) {
      return;
    }
    await this.#scrollRowIntoView(id, "start");
    const newTop = this.#element(id)?.getBoundingClientRect().top ?? top;
    scrollContainerOf(this).scrollBy(0, newTop - top);
  }

  async #scrollTileIntoView(id: string): Promise<void> {
    await this.#scrollRowIntoView(id, "nearest");
    this.#element(id)?.scrollIntoView({ block: "nearest" });
  }

  /** Scrolls to the row of a tile that is not drawn, so that it is. */
  async #scrollRowIntoView(id: string, block: "start" | "nearest"): Promise<void> {
    await afterNextPaint();
    const row = rowIndexOf(this.#layout.rows, this.#indexOf(id));
    // The virtualizer knows no rows before it has drawn its first ones, nor after it has left the
    // page.
    if (this.isConnected && row >= 0 && this.#element(id) === undefined) {
      this.#virtualizer()?.element(row)?.scrollIntoView({ block });
      await afterNextPaint();
    }
  }

  /** Number of lines of tiles that fit into the view. */
  #linesPerPage(): number {
    const line = this.renderRoot.querySelector(".tiles")?.getBoundingClientRect().height ?? 1;
    return Math.max(1, Math.floor(scrollContainerOf(this).clientHeight / line) - 1);
  }

  #entryAt(event: Event): SheetEntry | undefined {
    const element = event.target instanceof Element ? event.target.closest(".tile") : undefined;
    return element ? this.#layout.tiles[this.#indexOf(element.id)] : undefined;
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
      return;
    }
    const activeIndex = this.active === undefined ? undefined : this.#indexOf(tileId(this.active));
    const nextIndex = /^[1-9]$/u.test(event.key)
      ? indexOfNth(this.#layout, activeIndex ?? 0, Number(event.key))
      : moveSelection(event.key, this.#layout, activeIndex, this.#linesPerPage());
    const entry = nextIndex === undefined ? undefined : this.#layout.tiles[nextIndex];
    if (entry !== undefined) {
      event.preventDefault();
      this.listener?.onSelect(entry);
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
    const { job, picture } = entry;
    event.dataTransfer.effectAllowed = "copy";
    event.dataTransfer.setData(dragType, JSON.stringify({ job: job.id, picture: picture.id } satisfies DraggedPicture));
    const path = picture.kept.at(-1);
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
