import type { LitElement, ReactiveController } from "lit";

/**
 * Keeps the heights of the sticky bars in CSS properties, so that a tile that is scrolled into view
 * is not hidden behind them.
 */
export class BarHeights implements ReactiveController {
  readonly #host: LitElement;
  readonly #bars: Readonly<Record<string, string>>;
  readonly #target: HTMLElement;
  readonly #resizeObserver = new ResizeObserver(() => this.#measure());

  /**
   * `bars`: CSS property to selector of the bar. `target`: the element that gets the properties, by
   * default the host.
   */
  constructor(host: LitElement, bars: Readonly<Record<string, string>>, target: HTMLElement = host) {
    this.#host = host;
    this.#bars = bars;
    this.#target = target;
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
      this.#target.style.setProperty(property, `${this.#find(selector)?.offsetHeight ?? 0}px`);
    }
  }
}
