import type { LitElement, ReactiveController } from "lit";
import { post } from "../../webview/vscodeApi.ts";

/** Asks for the size of the vault when the host's footer, which shows it, comes into view. */
export class FooterObserver implements ReactiveController {
  readonly #host: LitElement;
  readonly #observer = new IntersectionObserver((entries) => {
    if (entries.some(({ isIntersecting }) => isIntersecting)) {
      this.#isAsked = true;
      this.#observer.disconnect();
      post({ type: "measureVault" });
    }
  });
  #isAsked = false;

  constructor(host: LitElement) {
    this.#host = host;
    host.addController(this);
  }

  hostDisconnected(): void {
    this.#observer.disconnect();
  }

  hostUpdated(): void {
    const footer = this.#host.renderRoot.querySelector("footer");
    if (footer !== null && !this.#isAsked) {
      this.#observer.observe(footer);
    }
  }
}
