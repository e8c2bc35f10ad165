import { css, html, LitElement, nothing } from "lit";
import type { Snapshot } from "../protocol.ts";
import { consumeReveal } from "./draft.ts";
import { onSnapshot, post } from "./shared/vscodeApi.ts";
import "./form/form.ts";
import "./jobs/jobList.ts";
import { forgetHandledPresses } from "./shared/press.ts";
import "./sheet/sheet.ts";

/** The whole panel: holds the newest snapshot and hands it to its parts. */
export class App extends LitElement {
  static override properties = { snapshot: { state: true } };
  static override styles = css`
    :host {
      display: block;
    }

    /**
     * The view's title bar shows the name; a screen reader that lists headings needs one in the
     * page.
     */
    h1 {
      clip-path: inset(50%);
      height: 1px;
      margin: 0;
      overflow: hidden;
      position: absolute;
      width: 1px;
    }
  `;
  declare snapshot: Snapshot | undefined;

  override firstUpdated(): void {
    onSnapshot((snapshot) => {
      forgetHandledPresses(snapshot);
      this.snapshot = snapshot;
    });
    post({ type: "ready" });
  }

  /**
   * Scrolls to the pictures if the user asked for them. The first snapshots of a page may have none
   * yet.
   */
  override updated(): void {
    const { reveal, jobs = [] } = this.snapshot ?? {};
    const hasPictures = jobs.some(({ pictures }) => pictures.some(({ width }) => width !== undefined));
    if (reveal !== undefined && hasPictures && consumeReveal(reveal)) {
      // In the next frame the tiles have their size.
      requestAnimationFrame(() => this.renderRoot.querySelector("limn-sheet")?.scrollIntoView());
    }
  }

  #focusField({ detail }: CustomEvent<string>): void {
    void this.renderRoot.querySelector("limn-form")?.focusField(detail);
  }

  override render() {
    if (this.snapshot === undefined) {
      return nothing;
    }
    return html`<main @limn-focus-field=${this.#focusField}>
      <h1>Limn</h1>
      <limn-form .snapshot=${this.snapshot}></limn-form>
      <limn-jobs .snapshot=${this.snapshot}></limn-jobs>
      <limn-sheet .snapshot=${this.snapshot}></limn-sheet>
    </main>`;
  }
}

customElements.define("limn-app", App);

declare global {
  interface HTMLElementTagNameMap {
    "limn-app": App;
  }
}
