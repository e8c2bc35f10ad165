import type { LitElement, ReactiveController } from "lit";
import { columnsForWidth } from "./grid/loadedSheet.ts";

/** Calls a function when the number of columns that fit into the host's section changes. */
export class ColumnObserver implements ReactiveController {
  readonly #host: LitElement;
  readonly #resizeObserver: ResizeObserver;

  constructor(host: LitElement, onColumns: (columns: number) => void) {
    this.#host = host;
    this.#resizeObserver = new ResizeObserver(([entry]) => onColumns(columnsForWidth(entry?.contentRect.width ?? 0)));
    host.addController(this);
  }

  hostDisconnected(): void {
    this.#resizeObserver.disconnect();
  }

  hostUpdated(): void {
    const section = this.#host.renderRoot.querySelector("section");
    if (section !== null) {
      this.#resizeObserver.observe(section);
    }
  }
}
