import * as l10n from "@vscode/l10n";
import "@vscode-elements/elements/dist/vscode-button/index.js";
import { css, html, LitElement } from "lit";
import { formatUsd } from "../../core/money/usd.ts";
import type { EngineView } from "../../protocol.ts";
import { post } from "../../webview/vscodeApi.ts";
import { BarHeights } from "../shared/barHeights.ts";
import { formStyle } from "../shared/formStyle.ts";
import { modifierKey } from "../shared/modifierKey.ts";
import { moneyTexts } from "../shared/money.ts";
import { onBuyClick } from "../shared/press.ts";
import type { DraftProblem } from "./draftProblem.ts";
import { problemButton } from "./problemButton.ts";

/**
 * The button with the price, which stays in view while the panel scrolls, and the money below it.
 * Fires `limn-submit`.
 */
export class GenerateButton extends LitElement {
  static override readonly properties = {
    engine: { attribute: false },
    count: {},
    price: {},
    problem: { attribute: false },
    isSending: { type: Boolean },
  };
  declare engine: EngineView;
  declare count: number;
  /** Estimate in USD; `undefined` if it is not known. */
  declare price: number | undefined;
  declare problem: DraftProblem | undefined;
  /** Whether the host is still handling the last press. */
  declare isSending: boolean;

  static override readonly styles = [
    formStyle,
    // The button sticks to the whole page, so no box in between may end before the page.
    // The padding of the button is small, so that the longest label fits into the narrowest panel.
    css`
      :host {
        display: contents;
      }

      .press {
        background: var(--vscode-sideBar-background, var(--vscode-editor-background));
        bottom: 0;
        padding: 8px 12px;
        position: sticky;
        top: 0;
        z-index: 3;
      }

      vscode-button {
        max-width: 696px;
      }

      vscode-button::part(base) {
        padding-inline: 2px;
      }

      @media (max-width: 280px) {
        vscode-button::part(base) {
          font-size: 12px;
          line-height: 16px;
          padding-block: 5px;
          white-space: normal;
        }
      }

      .foot {
        display: flex;
        flex-wrap: wrap;
        gap: 2px 12px;
        justify-content: space-between;
        max-width: 696px;
        padding: 0 12px 6px;
      }

      .note {
        margin: 0;
      }

      #why {
        flex-grow: 1;
      }
    `,
  ];

  constructor() {
    super();
    new BarHeights(this, { "--generate": ".press" }, document.documentElement);
  }

  #label(): string {
    if (this.isSending) {
      // Nothing is sent while Limn asks for a variable, or reads the references.
      return l10n.t("Preparing…");
    }
    if (this.engine.kind === "sandbox") {
      return l10n.t("Generate {0} · free in the sandbox", this.count);
    }
    if (!this.engine.isReady) {
      return l10n.t("Generate {0}…", this.count);
    }
    return this.price === undefined
      ? l10n.t("Generate {0}", this.count)
      : l10n.t("Generate {0} · about {1}", this.count, formatUsd(this.price));
  }

  #money() {
    if (this.engine.kind === "sandbox") {
      return html`<p class="note">
        ${l10n.t("Labelled test pictures, made on this computer.")}
        ${
          this.engine.hasKey === true
            ? html`<button type="button" class="link" @click=${() => post({ type: "command", command: "useRunware" })}>
                ${l10n.t("Use Runware")}
              </button>`
            : html`<button type="button" class="link" @click=${() => post({ type: "command", command: "setApiKey" })}>
                ${l10n.t("Set API Key…")}
              </button>`
        }
      </p>`;
    }
    if (!this.engine.isReady) {
      return html`<p class="note">
        ${l10n.t("No API key yet.")}
        <button type="button" class="link" @click=${() => post({ type: "command", command: "setApiKey" })}>
          ${l10n.t("Set API Key…")}
        </button>
        <button type="button" class="link" @click=${() => post({ type: "command", command: "trySandbox" })}>
          ${l10n.t("Use the Sandbox, Free")}
        </button>
      </p>`;
    }
    return html`<p class="note">
      <span>${moneyTexts(this.engine).join(" · ")}</span>
      <button
        type="button"
        class="link"
        title=${l10n.t("Check the key and the balance. Free: nothing is bought.")}
        @click=${() => post({ type: "command", command: "checkKey" })}
      >${l10n.t("Check Key")}</button>
    </p>`;
  }

  readonly #onSubmit = (): void => {
    this.dispatchEvent(new CustomEvent("limn-submit", { bubbles: true, composed: true }));
  };

  protected override render() {
    const isDisabled = this.isSending || this.problem !== undefined;
    return html`
      <div class="press">
        <vscode-button
          block
          icon="sparkle"
          ?disabled=${isDisabled}
          aria-disabled=${isDisabled ? "true" : "false"}
          aria-describedby="why"
          title=${l10n.t("Generate ({0}+Enter)", modifierKey())}
          @click=${onBuyClick(this.#onSubmit)}
          >${this.#label()}</vscode-button
        >
      </div>
      <div class="foot">
        <p
          class="note ${this.problem?.field === "prompt" ? "" : "warning"}"
          id="why"
          ?hidden=${this.problem === undefined}
        >
          ${this.problem?.reason} ${problemButton(this.problem)}
        </p>
        ${this.#money()}
      </div>
    `;
  }
}

customElements.define("limn-generate-button", GenerateButton);

declare global {
  interface HTMLElementTagNameMap {
    "limn-generate-button": GenerateButton;
  }
}
