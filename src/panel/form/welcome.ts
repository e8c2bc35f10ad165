import * as l10n from "@vscode/l10n";
import "@vscode-elements/elements/dist/vscode-button/index.js";
import { css, html, LitElement } from "lit";
import { post } from "../../webview/vscodeApi.ts";
import { formStyle } from "../shared/formStyle.ts";

/** What the panel shows instead of the form while there is no key. */
export class Welcome extends LitElement {
  static override readonly properties = { model: {} };
  declare model: string;

  static override readonly styles = [
    formStyle,
    css`
      section {
        display: flex;
        flex-direction: column;
        gap: 10px;
        line-height: 1.5;
        margin: 0 auto;
        max-width: 320px;
        padding: 12px;
      }

      p {
        margin: 0;
      }

      .after {
        color: var(--vscode-descriptionForeground);
        font-size: 12px;
      }

      button:hover {
        color: var(--vscode-textLink-activeForeground);
      }
    `,
  ];

  override focus(): void {
    this.renderRoot.querySelector("vscode-button")?.focus();
  }

  protected override render() {
    return html`<section aria-label=${l10n.t("Getting started")}>
      <p>
        ${l10n.t("Pictures are made by {0} at Runware, which needs an API key of yours. The key is kept in VS Code's secret storage.", this.model)}
      </p>
      <vscode-button block icon="key" @click=${() => post({ type: "command", command: "setApiKey" })}
        >${l10n.t("Set API Key…")}</vscode-button
      >
      <vscode-button block secondary icon="beaker" @click=${() => post({ type: "command", command: "trySandbox" })}
        >${l10n.t("Try the Sandbox")}</vscode-button
      >
      <p class="after">${l10n.t("The sandbox draws labelled pictures of the true size: no key, no network, free.")}</p>
      <p class="after">
        ${l10n.t("No key yet?")}
        <button type="button" class="link" role="link" @click=${() => post({ type: "command", command: "getKey" })}>${l10n.t("Get a key")}</button>
      </p>
    </section>`;
  }
}

customElements.define("limn-welcome", Welcome);

declare global {
  interface HTMLElementTagNameMap {
    "limn-welcome": Welcome;
  }
}
