import type { LitElement, ReactiveController } from "lit";

/**
 * Tells the tiles how much of the view the bars above and below them take, as `--above` and
 * `--below`: a tile that is scrolled into view is then not hidden behind them.
 */
export class BarHeights implements ReactiveController {
  readonly #host: LitElement;
  readonly #bars: Readonly<Record<string, string>>;
  readonly #resizeObserver = new ResizeObserver(() => this.#measure());

  /** `bars` are selectors by the name of the property. */
  constructor(host: LitElement, bars: Readonly<Record<string, string>>) {
    this.#host = host;
    this.#bars = bars;
    host.addController(this);
  }

  hostDisconnected(): void {
    this.#resizeObserver.disconnect();
  }

  hostUpdated(): void {
    for (const selector of Object.values(this.#bars)) {
      const bar = this.#find(selector);
      if (bar !== undefined) {
        this.#resizeObserver.observe(bar);
      }
    }
  }

  #find(selector: string): HTMLElement | undefined {
    return this.#host.renderRoot.querySelector<HTMLElement>(selector) ?? undefined;
  }

  #measure(): void {
    for (const [property, selector] of Object.entries(this.#bars)) {
      this.#host.style.setProperty(property, `${this.#find(selector)?.offsetHeight ?? 0}px`);
    }
  }
}
