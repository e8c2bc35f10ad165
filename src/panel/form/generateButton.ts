import * as l10n from "@vscode/l10n";
import "@vscode-elements/elements/dist/vscode-button/index.js";
import { css, html, LitElement } from "lit";
import { formatUsd } from "../../core/money/usd.ts";
import type { EngineView, Intent } from "../../protocol.ts";
import { post } from "../../webview/vscodeApi.ts";
import { BarHeights } from "../shared/barHeights.ts";
import { formStyle } from "../shared/formStyle.ts";
import { modifierKey } from "../shared/modifierKey.ts";
import { moneyTexts } from "../shared/money.ts";
import { onBuyClick } from "../shared/press.ts";
import type { DraftProblem } from "./draftProblem.ts";
import { problemButton } from "./problemButton.ts";
import { ReservedHeights } from "./reservedHeights.ts";

/** A button that looks like a link. */
const linkButton = (intent: Intent, label: string, title = "") =>
  html`<button type="button" class="link" title=${title} @click=${() => post(intent)}>
    ${label}
  </button>`;

/**
 * The button with the price, which stays in view while the panel scrolls, and the money below it;
 * two buttons while the user has to choose where to make the pictures. Fires `limn-submit`, whose
 * detail is the choice.
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

      vscode-button + vscode-button {
        margin-top: 4px;
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
        box-sizing: border-box;
        display: flex;
        flex-wrap: wrap;
        gap: 6px 12px;
        justify-content: space-between;
        max-width: 696px;
        padding: 0 12px 10px;
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
    new ReservedHeights(this, () => ({ money: !this.#costsMoney() || this.engine.balance !== undefined }));
    new BarHeights(this, { "--generate": ".press" }, document.documentElement);
  }

  /** Whether the button buys at Runware. */
  #costsMoney(): boolean {
    return this.engine.kind === "runware" && this.engine.isReady;
  }

  #label(): string {
    if (this.isSending) {
      // Nothing is sent while Limn asks for a variable, or reads the references.
      return l10n.t("Preparing…");
    }
    if (!this.#costsMoney()) {
      return l10n.t("Generate {0} · free in the sandbox", this.count);
    }
    return this.price === undefined
      ? l10n.t("Generate {0}", this.count)
      : l10n.t("Generate {0} · about {1}", this.count, formatUsd(this.price));
  }

  #money() {
    const { kind, hasKey } = this.engine;
    if (!this.#costsMoney()) {
      return html`<p class="note">
        ${
          kind === "sandbox"
            ? l10n.t("Labelled test pictures, made on this computer.")
            : l10n.t("No API key yet. The sandbox makes labelled test pictures.")
        }
        ${
          kind === "sandbox" && hasKey === true
            ? linkButton({ type: "command", command: "useRunware" }, l10n.t("Use Runware"))
            : linkButton({ type: "command", command: "setApiKey" }, l10n.t("Set API Key…"))
        }
      </p>`;
    }
    return html`<p class="note">
      <span>${moneyTexts(this.engine).join(" · ")}</span>
      ${linkButton({ type: "command", command: "checkKey" }, l10n.t("Check Key"), l10n.t("Check the key and the balance. Free: nothing is bought."))}
    </p>`;
  }

  #button(icon: string, label: string, title: string, choice?: EngineView["kind"]) {
    const isDisabled = this.isSending || this.problem !== undefined;
    const submit = () =>
      this.dispatchEvent(new CustomEvent("limn-submit", { bubbles: true, composed: true, detail: choice }));
    return html`<vscode-button
      block
      icon=${icon}
      ?secondary=${choice === "runware"}
      ?disabled=${isDisabled}
      aria-disabled=${isDisabled ? "true" : "false"}
      aria-describedby="why"
      title=${title}
      @click=${onBuyClick(submit)}
      >${label}</vscode-button
    >`;
  }

  /** The buttons of the one question, where to make the pictures. */
  #choice() {
    const label =
      this.price === undefined ? l10n.t("Use Runware…") : l10n.t("Use Runware · about {0}…", formatUsd(this.price));
    return [
      this.#button("sparkle", this.#label(), l10n.t("Labelled test pictures, made on this computer."), "sandbox"),
      this.#button("key", label, l10n.t("Set your API key, then generate."), "runware"),
    ];
  }

  protected override render() {
    const { isReady, invalid } = this.engine;
    return html`
      <div class="press">
        ${
          isReady || invalid !== undefined
            ? [this.#button("sparkle", this.#label(), l10n.t("Generate ({0}+Enter)", modifierKey()))]
            : this.#choice()
        }
      </div>
      <div class="foot" data-group="money">
        <p
          class="note ${this.problem?.field === "prompt" ? "" : "warning"}"
          id="why"
          ?hidden=${this.problem === undefined}
        >
          ${this.problem?.reason} ${problemButton(this.problem)}
        </p>
        ${this.#money()}
        <p class="note">
          ${linkButton({ type: "command", command: "makeDraft" }, l10n.t("Make Free Draft"), l10n.t("A placeholder of the final size, drawn on this computer."))}
        </p>
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
