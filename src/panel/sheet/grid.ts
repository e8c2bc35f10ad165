import "@lit-labs/virtualizer";
import { html, LitElement, nothing, type PropertyValues } from "lit";
import type { DraggedPicture, DragType } from "../../protocol.ts";
import { type Found, type Group, isSame } from "./found.ts";
import { gridStyle } from "./gridStyle.ts";
import { move, nth } from "./move.ts";
import { columnsIn, type Layout, layOut, rowOf } from "./rows.ts";
import { drawn, scrollerOf } from "./scroll.ts";
import { heading, tile, tileId } from "./tile.ts";

/** What the grid tells of. `x` and `y` are px in the view. */
export interface GridEvents {
  pick(found: Found): void;
  open(found: Found): void;
  menu(found: Found, x: number, y: number): void;
}

/** What the host looks for in a drop on a text; where the page lets go of a picture elsewhere, the path of its file is there too. */
const dragType: DragType = "application/vnd.limn.picture+json";

const keysOf = ({ rows }: Layout): readonly string[] => rows.map(({ key }) => key);

/**
 * The tiles, as many of them in the page as are in view. The focus stays on the grid and points at the selected tile, so that it is not
 * lost when that tile is scrolled away.
 */
export class LimnGrid extends LitElement {
  static override readonly styles = gridStyle;
  static override readonly properties = {
    groups: { attribute: false },
    folder: { attribute: false },
    active: { attribute: false },
    marked: { attribute: false },
    listener: { attribute: false },
    columns: { state: true },
  };

  declare groups: readonly Group[];
  /** Link to the thumbnails. */
  declare folder: string;
  declare active: Found | undefined;
  declare marked: Found | undefined;
  declare listener: GridEvents | undefined;
  declare columns: number;

  #layout: Layout = { rows: [], tiles: [] };
  /** The picture that was clicked last: the first click of a double click may have closed a menu over another. */
  #clicked: Found | undefined;
  /** The same array for as long as the rows are the same: for the virtualizer another array is another list. */
  #keys: readonly string[] = [];
  /** The tile at the top of the view and its place there, in px, to be put back where rows came or went above it. */
  #anchor: { readonly id: string; readonly top: number } | undefined;
  readonly #resize = new ResizeObserver(([entry]) => {
    this.columns = columnsIn(entry?.contentRect.width ?? 0);
  });

  constructor() {
    super();
    this.groups = [];
    this.folder = "";
    this.columns = 2;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#resize.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resize.disconnect();
  }

  /** Puts the focus on the grid, and on the first tile where none is selected. */
  override focus(): void {
    this.#grid()?.focus({ preventScroll: true });
    if (this.active === undefined && this.#layout.tiles[0] !== undefined) {
      this.listener?.pick(this.#layout.tiles[0]);
    }
  }

  /** Where the selected tile is in the view; `undefined` where it is scrolled away. */
  activeBox(): DOMRect | undefined {
    const { active } = this;
    return active === undefined ? undefined : this.#element(tileId(active))?.getBoundingClientRect();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has("groups") && !changed.has("columns")) {
      return;
    }
    this.#layout = layOut(this.groups, this.columns);
    const keys = keysOf(this.#layout);
    if (keys.length !== this.#keys.length || keys.some((key, index) => key !== this.#keys[index])) {
      this.#anchor = this.#keys.length === 0 ? undefined : this.#topTile();
      this.#keys = keys;
    }
  }

  protected override updated(changed: PropertyValues<this>): void {
    this.#grid()?.style.setProperty("--columns", String(this.columns));
    if (this.#anchor !== undefined) {
      const { id, top } = this.#anchor;
      this.#anchor = undefined;
      void this.#hold(id, top);
    } else if (changed.has("active") && this.active !== undefined && !isSame(this.active, changed.get("active"))) {
      void this.#reveal(tileId(this.active));
    }
  }

  protected override render() {
    const now = Date.now();
    return html`<lit-virtualizer
      role="grid"
      tabindex="0"
      aria-label="Pictures"
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
      ? html`<div role="row" class="row" aria-rowindex=${index + 1}>${heading(row.group, now)}</div>`
      : html`<div role="row" class="row tiles" aria-rowindex=${index + 1}>
          ${row.tiles.map((found) => tile(found, this.folder, isSame(found, this.active), isSame(found, this.marked)))}
        </div>`;
  }

  #grid() {
    return this.renderRoot.querySelector("lit-virtualizer") ?? undefined;
  }

  #element(id: string): Element | undefined {
    return this.renderRoot.querySelector(`#${CSS.escape(id)}`) ?? undefined;
  }

  #indexOf(id: string): number {
    return this.#layout.tiles.findIndex((found) => tileId(found) === id);
  }

  #topTile() {
    const top = this.getBoundingClientRect().top;
    // Above its first row nothing needs to be held.
    const seen =
      top >= 0
        ? undefined
        : [...this.renderRoot.querySelectorAll(".tile")].find((one) => one.getBoundingClientRect().top >= 0);
    return seen === undefined ? undefined : { id: seen.id, top: seen.getBoundingClientRect().top };
  }

  async #hold(id: string, top: number): Promise<void> {
    if (this.#indexOf(id) < 0) {
      return;
    }
    await this.#bring(id, "start");
    const now = this.#element(id)?.getBoundingClientRect().top ?? top;
    scrollerOf(this).scrollBy(0, now - top);
  }

  async #reveal(id: string): Promise<void> {
    await this.#bring(id, "nearest");
    this.#element(id)?.scrollIntoView({ block: "nearest" });
  }

  /** Scrolls to the row of a tile that is not drawn, so that it is. */
  async #bring(id: string, block: "start" | "nearest"): Promise<void> {
    await drawn();
    const row = rowOf(this.#layout.rows, this.#indexOf(id));
    // The virtualizer knows no rows before it has drawn its first ones, nor after it has left the page.
    if (this.isConnected && row >= 0 && this.#element(id) === undefined) {
      this.#grid()?.element(row)?.scrollIntoView({ block });
      await drawn();
    }
  }

  /** Lines of tiles that fit into the view. */
  #page(): number {
    const line = this.renderRoot.querySelector(".tiles")?.getBoundingClientRect().height ?? 1;
    return Math.max(1, Math.floor(scrollerOf(this).clientHeight / line) - 1);
  }

  #foundAt(event: Event): Found | undefined {
    const element = event.target instanceof Element ? event.target.closest(".tile") : undefined;
    return element ? this.#layout.tiles[this.#indexOf(element.id)] : undefined;
  }

  #onKey(event: KeyboardEvent): void {
    if (event.altKey || event.metaKey || event.ctrlKey) {
      return;
    }
    const box = this.activeBox();
    const menu = event.key === "ContextMenu" || (event.shiftKey && event.key === "F10");
    if (menu && this.active !== undefined && box !== undefined) {
      event.preventDefault();
      this.listener?.menu(this.active, box.left + 12, box.top + 12);
      return;
    }
    const at = this.active === undefined ? undefined : this.#indexOf(tileId(this.active));
    const to = /^[1-9]$/u.test(event.key)
      ? nth(this.#layout, at ?? 0, Number(event.key))
      : move(event.key, this.#layout, at, this.#page());
    const found = to === undefined ? undefined : this.#layout.tiles[to];
    if (found !== undefined) {
      event.preventDefault();
      this.listener?.pick(found);
    }
  }

  #onClick(event: MouseEvent): void {
    const found = this.#foundAt(event);
    this.#clicked = event.detail < 2 ? found : this.#clicked;
    if (found !== undefined) {
      this.listener?.pick(found);
    }
  }

  #onDoubleClick(event: Event): void {
    const found = this.#foundAt(event);
    if (found !== undefined && isSame(found, this.#clicked)) {
      this.listener?.open(found);
    }
  }

  #onMenu(event: MouseEvent): void {
    const found = this.#foundAt(event);
    if (found !== undefined) {
      event.preventDefault();
      this.#grid()?.focus({ preventScroll: true });
      this.listener?.menu(found, event.clientX, event.clientY);
    }
  }

  #onDrag(event: DragEvent): void {
    const found = this.#foundAt(event);
    if (found === undefined || !event.dataTransfer) {
      event.preventDefault();
      return;
    }
    const { job, picture } = found;
    event.dataTransfer.effectAllowed = "copy";
    event.dataTransfer.setData(dragType, JSON.stringify({ job: job.id, picture: picture.id } satisfies DraggedPicture));
    const path = picture.kept.at(-1);
    if (path !== undefined) {
      event.dataTransfer.setData("text/plain", path);
    }
  }
}

customElements.define("limn-grid", LimnGrid);

declare global {
  interface HTMLElementTagNameMap {
    "limn-grid": LimnGrid;
  }
}
