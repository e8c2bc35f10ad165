import { css, html, LitElement, nothing } from "lit";
import type { RequestField } from "../core/request/requestFields.ts";
import { visuallyHidden } from "../webview/visuallyHidden.ts";
import { onPanelMessage, post } from "../webview/vscodeApi.ts";
import { consumeReveal } from "./draft.ts";
import "./form/form.ts";
import { changesForm, type PanelState, receive } from "./panelState.ts";
import { forgetHandledPresses } from "./shared/press.ts";

/** The whole panel: holds what the host has sent and passes it to its parts. */
export class App extends LitElement {
  static override readonly properties = { panelState: { state: true } };
  // The title bar of the view shows the name; screen readers that list headings need an h1.
  static override readonly styles = css`
    :host {
      display: block;
    }

    h1 {
      ${visuallyHidden}
    }

    /* No box: the form's button sticks to the whole page. */
    .compose {
      display: contents;
    }

    /* Form and jobs beside the pictures. Nothing sticks above the pictures then. */
    @media (min-width: 700px) {
      main {
        align-items: start;
        display: grid;
        grid-template-columns: 340px minmax(0, 1fr);
      }

      .compose {
        border-inline-end: 1px solid var(--vscode-sideBarSectionHeader-border, var(--vscode-contrastBorder, transparent));
        box-sizing: border-box;
        display: block;
        height: 100vh;
        overflow-y: auto;
        position: sticky;
        top: 0;
      }

      limn-sheet {
        --generate: 0px;
      }
    }
  `;
  declare panelState: PanelState | undefined;
  /** The last state that changed the form, which a job's progress does not draw again. */
  #formState: PanelState | undefined;

  protected override firstUpdated(): void {
    onPanelMessage((message) => {
      const state = receive(this.panelState, message);
      if (state === undefined) {
        // The snapshot was lost.
        post({ type: "ready" });
        return;
      }
      // Loaded before, it would delay the message.
      if (this.panelState === undefined) void import("./belowForm.ts");
      forgetHandledPresses(state);
      this.#formState = changesForm(message) ? state : this.#formState;
      this.panelState = state;
    });
    if (document.readyState === "complete") {
      this.#askIfEmpty();
    } else {
      window.addEventListener("load", () => this.#askIfEmpty(), { once: true });
    }
  }

  /** Asks for the first message, unless VS Code has passed it on when the page had loaded. */
  #askIfEmpty(): void {
    setTimeout(() => {
      if (this.panelState === undefined) post({ type: "ready" });
    });
  }

  /** Shows the pictures once if the user requested them. The first messages have none yet. */
  protected override updated(): void {
    const { reveal, sheet } = this.panelState ?? {};
    const hasPictures = sheet !== undefined && sheet.tileCount > 0;
    if (reveal !== undefined && hasPictures && consumeReveal(reveal)) {
      void this.#scrollToPictures();
    }
  }

  async #scrollToPictures(): Promise<void> {
    await customElements.whenDefined("limn-sheet");
    // The tiles have their size in the next frame.
    requestAnimationFrame(() => this.renderRoot.querySelector("limn-sheet")?.reveal());
  }

  #onFocusField({ detail }: CustomEvent<RequestField>): void {
    void this.renderRoot.querySelector("limn-form")?.focusField(detail);
  }

  protected override render() {
    const { panelState } = this;
    if (panelState === undefined) {
      return nothing;
    }
    return html`<main @limn-focus-field=${this.#onFocusField}>
      <h1>Limn</h1>
      <div class="compose">
        <limn-form .snapshot=${this.#formState ?? panelState}></limn-form>
        <limn-job-list .panelState=${panelState}></limn-job-list>
      </div>
      <limn-sheet .panelState=${panelState}></limn-sheet>
    </main>`;
  }
}

customElements.define("limn-app", App);

declare global {
  interface HTMLElementTagNameMap {
    "limn-app": App;
  }
}
