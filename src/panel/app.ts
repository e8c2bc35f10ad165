import { css, html, LitElement, nothing } from "lit";
import type { RequestField } from "../core/request/requestFields.ts";
import type { Snapshot } from "../protocol.ts";
import { visuallyHidden } from "../webview/visuallyHidden.ts";
import { onSnapshot, post } from "../webview/vscodeApi.ts";
import { consumeReveal } from "./draft.ts";
import "./form/form.ts";
import "./jobs/jobList.ts";
import { forgetHandledPresses } from "./shared/press.ts";
import "./sheet/sheet.ts";

/** The whole panel: holds the newest snapshot and passes it to its parts. */
export class App extends LitElement {
  static override readonly properties = { snapshot: { state: true } };
  static override readonly styles = css`
    :host {
      display: block;
    }

    /* The title bar of the view shows the name; screen readers that list headings need one here. */
    h1 {
      ${visuallyHidden}
    }
  `;
  declare snapshot: Snapshot | undefined;

  protected override firstUpdated(): void {
    onSnapshot((snapshot) => {
      forgetHandledPresses(snapshot);
      this.snapshot = snapshot;
    });
    post({ type: "ready" });
  }

  /** Scrolls to the pictures if the user requested them. The first snapshots may have none yet. */
  protected override updated(): void {
    const { reveal, jobs = [] } = this.snapshot ?? {};
    const hasPictures = jobs.some(({ pictures }) => pictures.some(({ width }) => width !== undefined));
    if (reveal !== undefined && hasPictures && consumeReveal(reveal)) {
      // The tiles have their size in the next frame.
      requestAnimationFrame(() => this.renderRoot.querySelector("limn-sheet")?.scrollIntoView());
    }
  }

  #onFocusField({ detail }: CustomEvent<RequestField>): void {
    void this.renderRoot.querySelector("limn-form")?.focusField(detail);
  }

  protected override render() {
    if (this.snapshot === undefined) {
      return nothing;
    }
    return html`<main @limn-focus-field=${this.#onFocusField}>
      <h1>Limn</h1>
      <limn-form .snapshot=${this.snapshot}></limn-form>
      <limn-job-list .snapshot=${this.snapshot}></limn-job-list>
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
