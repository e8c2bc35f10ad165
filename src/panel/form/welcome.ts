import "@vscode-elements/elements/dist/vscode-button/index.js";
import { css, html, LitElement } from "lit";
import { post } from "../shared/vscodeApi.ts";
import { formStyle } from "./formStyle.ts";

/** What stands in place of the form while there is no key. */
export class Welcome extends LitElement {
  static override properties = { model: {} };
  declare model: string;

  static override styles = [
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

      button {
        background: none;
        border: none;
        color: var(--vscode-textLink-foreground);
        cursor: pointer;
        padding: 0;
        text-decoration: underline;
      }

      button:hover {
        color: var(--vscode-textLink-activeForeground);
      }
    `,
  ];

  override focus(): void {
    this.renderRoot.querySelector("vscode-button")?.focus();
  }

  override render() {
    return html`<section aria-label="Getting started">
      <p>
        Pictures are made by ${this.model} at Runware, which needs an API key of yours. The key is kept in VS Code's secret
        storage.
      </p>
      <vscode-button block icon="key" @click=${() => post({ type: "command", command: "setApiKey" })}
        >Set API Key…</vscode-button
      >
      <vscode-button block secondary icon="beaker" @click=${() => post({ type: "command", command: "trySandbox" })}
        >Try the Sandbox</vscode-button
      >
      <p class="after">The sandbox draws labelled pictures of the true size: no key, no network, free.</p>
      <p class="after">
        No key yet?
        <button type="button" role="link" @click=${() => post({ type: "command", command: "getKey" })}>Get a key</button>
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
