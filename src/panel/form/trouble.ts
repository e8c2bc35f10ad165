import "@vscode-elements/elements/dist/vscode-toolbar-button/index.js";
import { css, html, LitElement, nothing } from "lit";
import { post } from "../bridge.ts";
import { changeBudget } from "./changeBudget.ts";
import { formStyle } from "./style.ts";

/** A sentence on what could not be done, at the field it is about. */
export class Trouble extends LitElement {
  static override properties = { message: {}, field: {} };
  declare message: string;
  /** What it is about, where that is known. */
  declare field: string | undefined;

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

  override render() {
    return html`<div>
      <p role="alert" dir="auto">${this.message}${this.field === "budget" ? html` ${changeBudget()}` : nothing}</p>
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
