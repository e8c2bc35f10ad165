import type { LitElement, ReactiveController } from "lit";

/**
 * Knows whether an element was painted, and draws it again then: what is not visible yet is created
 * after that.
 */
export class FirstPaint implements ReactiveController {
  isOver = false;
  readonly #host: LitElement;

  constructor(host: LitElement) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    // The frame is painted after its callbacks.
    requestAnimationFrame(() => setTimeout(() => this.end()));
  }

  /** Does not wait for the paint any longer. */
  end(): void {
    this.isOver = true;
    this.#host.requestUpdate();
  }
}
