import * as l10n from "@vscode/l10n";
import "@vscode-elements/elements/dist/vscode-toolbar-button/index.js";
import { css, html, LitElement, nothing } from "lit";
import type { Remedy, Snapshot } from "../../protocol.ts";
import { post } from "../../webview/vscodeApi.ts";
import { groupOf } from "../shared/formFields.ts";
import { formStyle } from "../shared/formStyle.ts";
import { remedyLabels } from "../shared/remedy.ts";

/** A sentence on what could not be done, below the field that it is about. */
export class FormError extends LitElement {
  static override readonly properties = { message: {}, remedy: {} };
  declare message: string;
  /** The command that helps. */
  declare remedy: Remedy | undefined;

  static override readonly styles = [
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

      p::before {
        color: var(--vscode-editorError-foreground, var(--vscode-errorForeground));
        content: "\\ea87" / "";
        float: inline-start;
        font: 14px/16px codicon;
        margin-inline-end: 4px;
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

  protected override render() {
    return html`<div>
      <p role="alert" dir="auto">${this.message}${this.#remedy()}</p>
      <vscode-toolbar-button
        icon="close"
        label=${l10n.t("Dismiss")}
        title=${l10n.t("Dismiss")}
        @click=${() => post({ type: "dismissError" })}
      ></vscode-toolbar-button>
    </div>`;
  }
}

/** The error of the last intent, if it is about this part of the form, as in its `data-group`. */
export const errorAt = ({ lastError }: Snapshot, group: string) =>
  lastError !== undefined && groupOf(lastError.field) === group
    ? html`<limn-form-error .message=${lastError.message} .remedy=${lastError.remedy}></limn-form-error>`
    : nothing;

customElements.define("limn-form-error", FormError);

declare global {
  interface HTMLElementTagNameMap {
    "limn-form-error": FormError;
  }
}
