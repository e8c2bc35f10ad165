import type { LitElement } from "lit";
import type { PictureRef } from "../../../protocol.ts";
import { afterNextPaint, scrollContainerOf } from "../../shared/scroll.ts";
import { type LoadedSheet, rowIndexOf, tileIndexOf } from "./loadedSheet.ts";
import { tileId } from "./tile.ts";

/** The picture of a tile's element. */
export const tileRef = ({ dataset: { job = "", picture = "" } }: HTMLElement): PictureRef => ({ job, picture });

/** A tile and where it is. */
export interface TilePosition {
  readonly ref: PictureRef;
  /** Distance from the top of the view, in px. */
  readonly top: number;
}

/** How often, every two frames, a tile is scrolled to until it is at rest; it may be gone. */
const maxTurns = 30;

/** The grid, and what it shows now. */
type GridElement = LitElement & { readonly sheet: LoadedSheet };

/** The elements of the grid's tiles, as far as they are drawn, and the scroll position. */
export class GridTiles {
  readonly #grid: GridElement;
  /** The tile that was scrolled to last. */
  #wanted: PictureRef | undefined;

  constructor(grid: GridElement) {
    this.#grid = grid;
  }

  /** The element of a tile; `undefined` if it is not drawn. */
  element(ref: PictureRef): Element | undefined {
    return this.#grid.renderRoot.querySelector(`#${CSS.escape(tileId(ref))}`) ?? undefined;
  }

  /** The tile at the top of the view; `undefined` while the first row is in view. */
  top(): TilePosition | undefined {
    // While the first row is in view there is nothing to keep.
    if (this.#grid.getBoundingClientRect().top >= 0) {
      return undefined;
    }
    const tiles = [...this.#grid.renderRoot.querySelectorAll<HTMLElement>(".tile:not(.waiting)")];
    const topTile = tiles.find((one) => one.getBoundingClientRect().top >= 0);
    return topTile && { ref: tileRef(topTile), top: topTile.getBoundingClientRect().top };
  }

  /** Scrolls so that a tile is where it was. */
  async restore({ ref, top }: TilePosition): Promise<void> {
    this.#forget();
    if (tileIndexOf(this.#grid.sheet, ref) === undefined) {
      return;
    }
    await this.#scrollRowIntoView(ref, "start");
    const newTop = this.element(ref)?.getBoundingClientRect().top ?? top;
    scrollContainerOf(this.#grid).scrollBy(0, newTop - top);
  }

  /** Scrolls to a tile, unless another one is asked for meanwhile or the user scrolls. */
  async scrollIntoView(ref: PictureRef): Promise<void> {
    this.#wanted = ref;
    await this.#scrollRowIntoView(ref, "nearest");
    // A busy page draws the row some frames later, and the virtualizer moves it when it measures.
    const abortController = new AbortController();
    for (const type of ["wheel", "pointerdown"]) {
      document.addEventListener(type, () => this.#forget(), { passive: true, signal: abortController.signal });
    }
    let lastTop: number | undefined;
    for (let turns = 0, still = 0; turns < maxTurns && still < 3 && this.#wanted === ref; turns++) {
      const tile = this.element(ref);
      tile?.scrollIntoView({ block: "nearest" });
      const top = tile?.getBoundingClientRect().top;
      still = top !== undefined && top === lastTop ? still + 1 : 0;
      lastTop = top;
      await afterNextPaint();
    }
    abortController.abort();
  }

  /** Scrolls to the first tile, which is drawn only when the grid is near the view. */
  async scrollToFirst(): Promise<void> {
    this.#forget();
    await afterNextPaint();
    const first = () => this.#grid.renderRoot.querySelector(".tile") ?? undefined;
    if (first() === undefined) {
      // Its scroll margin leaves room for the bar above it.
      this.#grid.renderRoot.querySelector("lit-virtualizer")?.scrollIntoView({ block: "nearest" });
      await afterNextPaint();
    }
    first()?.scrollIntoView({ block: "nearest" });
  }

  #forget(): void {
    this.#wanted = undefined;
  }

  /** Scrolls to the row of a tile that is not drawn, so that it is. */
  async #scrollRowIntoView(ref: PictureRef, block: "start" | "nearest"): Promise<void> {
    await afterNextPaint();
    const { sheet } = this.#grid;
    const index = tileIndexOf(sheet, ref);
    const row = index === undefined ? undefined : rowIndexOf(sheet, index);
    // The virtualizer knows no rows before it has drawn its first ones, nor after it has left the
    // page.
    if (this.#grid.isConnected && row !== undefined && this.element(ref) === undefined) {
      this.#grid.renderRoot.querySelector("lit-virtualizer")?.element(row)?.scrollIntoView({ block });
      await afterNextPaint();
    }
  }
}
