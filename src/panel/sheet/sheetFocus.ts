import type { LitElement, ReactiveController } from "lit";
import { afterNextPaint } from "../shared/scroll.ts";

/** Moves the focus within the sheet. */
export class SheetFocus implements ReactiveController {
  readonly #host: LitElement;
  /** Whether the focus is to go to the grid once it is drawn. */
  #isGridFocusPending = false;

  constructor(host: LitElement) {
    this.#host = host;
    host.addController(this);
  }

  hostUpdated(): void {
    if (this.#isGridFocusPending && this.#find("limn-grid") !== null) {
      this.#isGridFocusPending = false;
      // The user may have moved the focus meanwhile.
      if (document.activeElement === document.body) {
        this.focusAfterPaint("limn-grid");
      }
    }
  }

  /** Focuses the grid: at once, or when a picture is shown again. */
  focusGrid(): void {
    void this.#host.updateComplete.then(() => {
      const grid = this.#find("limn-grid");
      this.#isGridFocusPending = grid === null;
      grid?.focus();
    });
  }

  /** Focuses the prompt, which is not in the sheet. */
  focusPrompt(): void {
    this.#host.dispatchEvent(new CustomEvent("limn-focus-field", { detail: "prompt", bubbles: true, composed: true }));
  }

  /** Focuses an element once it is drawn: a button of the library takes no focus before. */
  focusAfterPaint(selector: string): void {
    void afterNextPaint().then(() => this.#find(selector)?.focus());
  }

  #find(selector: string): HTMLElement | null {
    return this.#host.renderRoot.querySelector<HTMLElement>(selector);
  }
}
