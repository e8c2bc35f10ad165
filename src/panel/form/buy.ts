import "@vscode-elements/elements/dist/vscode-button/index.js";
import { css, html, LitElement, nothing } from "lit";
import type { EngineView } from "../../protocol.ts";
import { modifierKey } from "../shared/modifierKey.ts";
import { onBuyClick } from "../shared/press.ts";
import { post } from "../shared/vscodeApi.ts";
import { changeBudgetButton } from "./changeBudgetButton.ts";
import type { DraftProblem } from "./draftProblem.ts";
import { formStyle } from "./formStyle.ts";
import { formatUsd, freeInSandbox, moneyTexts } from "./money.ts";

/** The button with the price, and the money beside it. Fires `limn-submit`. */
export class Buy extends LitElement {
  static override properties = {
    engine: { attribute: false },
    count: {},
    price: {},
    problem: { attribute: false },
    isSending: { type: Boolean },
  };
  declare engine: EngineView;
  declare count: number;
  /** USD, as far as is known before. */
  declare price: number | undefined;
  declare problem: DraftProblem | undefined;
  /** Whether the host has not handled the last press yet. */
  declare isSending: boolean;

  static override styles = [
    formStyle,
    css`
      /* The longest words fit in the narrowest panel. */
      vscode-button::part(base) {
        padding-inline: 2px;
      }

      @media (max-width: 280px) {
        vscode-button::part(base) {
          font-size: 12px;
        }
      }

      .foot {
        display: flex;
        flex-wrap: wrap;
        gap: 2px 12px;
        justify-content: space-between;
        margin-top: 6px;
      }

      .note {
        margin: 0;
      }

      #why {
        flex-grow: 1;
      }
    `,
  ];

  #label(): string {
    if (this.isSending) {
      return "Sending…";
    }
    const action = `Generate ${this.count}`;
    if (this.engine.kind === "sandbox") {
      return `${action} · ${freeInSandbox}`;
    }
    return this.price === undefined ? action : `${action} · about ${formatUsd(this.price)}`;
  }

  #money() {
    if (this.engine.kind === "sandbox") {
      return html`<p class="note">
        Labelled test pictures, made on this computer.
        ${
          this.engine.hasKey === true
            ? html`<button type="button" class="link" @click=${() => post({ type: "command", command: "useRunware" })}>
                Use Runware
              </button>`
            : html`<button type="button" class="link" @click=${() => post({ type: "command", command: "setApiKey" })}>
                Set API Key…
              </button>`
        }
      </p>`;
    }
    const texts = moneyTexts(this.engine);
    return html`<p class="note">
      <span>${texts.join(" · ")}</span>
      <button
        type="button"
        class="link"
        title="Check the key and the balance. Free: nothing is bought."
        @click=${() => post({ type: "command", command: "checkKey" })}
      >Check Key</button>
    </p>`;
  }

  #submit = (): void => {
    this.dispatchEvent(new CustomEvent("limn-submit", { bubbles: true, composed: true }));
  };

  override render() {
    const isDisabled = this.isSending || this.problem !== undefined;
    return html`
      <vscode-button
        block
        icon="sparkle"
        ?disabled=${isDisabled}
        aria-disabled=${isDisabled ? "true" : "false"}
        aria-describedby="why"
        title=${`Generate (${modifierKey()}+Enter)`}
        @click=${onBuyClick(this.#submit)}
        >${this.#label()}</vscode-button
      >
      <div class="foot">
        <p class="note" id="why" ?hidden=${this.problem === undefined}>
          ${this.problem?.reason} ${this.problem?.field === "budget" ? changeBudgetButton() : nothing}
        </p>
        ${this.#money()}
      </div>
    `;
  }
}

customElements.define("limn-buy", Buy);
