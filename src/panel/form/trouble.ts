import "@vscode-elements/elements/dist/vscode-toolbar-button/index.js";
import { css, html, LitElement, nothing } from "lit";
import type { Remedy } from "../../protocol.ts";
import { post } from "../shared/vscodeApi.ts";
import { formStyle } from "./formStyle.ts";

/** What the buttons are called. */
const remedyLabels: Readonly<Record<Remedy, string>> = {
  setApiKey: "Set API Key…",
  getKey: "Open Runware",
  showLog: "Show Log",
  settings: "Open Settings",
  budget: "Change Budget…",
};

/** A sentence on what could not be done, at the field it is about. */
export class Trouble extends LitElement {
  static override properties = { message: {}, remedy: {} };
  declare message: string;
  /** What helps, where there is such a thing. */
  declare remedy: Remedy | undefined;

  static override styles = [
    formStyle,
    css`
      div {
        align-items: start;
        background: var(--vscode-inputValidation-errorBackground);
        border: 1px solid var(--vscode-inputValidation-errorBorder);
        border-radius: 4px;
        color: var(--vscode-inputValidation-errorForeground, var(--vscode-foreground));
        display: flex;
        font-size: 12px;
        gap: 4px;
        line-height: 16px;
        margin-top: 6px;
        padding: 3px 4px 3px 8px;
      }

      p {
        flex: 1;
        margin: 3px 0;
        overflow-wrap: anywhere;
      }
    `,
  ];

  #remedy() {
    const { remedy } = this;
    return remedy === undefined
      ? nothing
      : html` <button type="button" class="link" @click=${() => post({ type: "command", command: remedy })}>
          ${remedyLabels[remedy]}
        </button>`;
  }

  override render() {
    return html`<div>
      <p role="alert" dir="auto">${this.message}${this.#remedy()}</p>
      <vscode-toolbar-button
        icon="close"
        label="Dismiss"
        title="Dismiss"
        @click=${() => post({ type: "dismissTrouble" })}
      ></vscode-toolbar-button>
    </div>`;
  }
}

customElements.define("limn-trouble", Trouble);
