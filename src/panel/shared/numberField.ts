import * as l10n from "@vscode/l10n";
import { css, html, LitElement } from "lit";
import { formStyle } from "./formStyle.ts";

/**
 * A field for a whole number in a range, optionally with two buttons. Fires `limn-number` with the
 * number as its detail, also if it is out of range, so that no typed text is changed.
 */
export class NumberField extends LitElement {
  static override readonly properties = { value: {}, min: {}, max: {}, label: {}, buttons: { type: Boolean } };
  declare value: number;
  declare min: number;
  declare max: number;
  declare label: string;
  declare buttons: boolean;

  static override readonly styles = [
    formStyle,
    css`
      .stepper {
        display: flex;
      }

      input {
        background: var(--vscode-settings-numberInputBackground);
        border: 1px solid var(--vscode-settings-numberInputBorder, var(--vscode-radio-inactiveBorder));
        border-radius: 4px;
        box-sizing: border-box;
        color: var(--vscode-settings-numberInputForeground);
        font: inherit;
        font-variant-numeric: tabular-nums;
        height: 26px;
        min-width: 0;
        padding: 0 4px;
        text-align: center;
        width: 44px;
      }

      input:focus {
        outline: 1px solid var(--vscode-focusBorder);
        outline-offset: -1px;
      }

      input::-webkit-inner-spin-button {
        appearance: none;
      }

      .stepper input:not(:only-child) {
        border-color: var(--vscode-radio-inactiveBorder, var(--vscode-input-border, var(--vscode-contrastBorder)));
        border-radius: 0;
        width: 40px;
      }

      .stepper input[aria-invalid="true"] {
        background: var(--vscode-inputValidation-errorBackground);
        border-color: var(--vscode-inputValidation-errorBorder);
      }

      /* Like the buttons of a choice, which is its neighbour. */
      button {
        background: var(--vscode-radio-inactiveBackground, transparent);
        border: 1px solid var(--vscode-radio-inactiveBorder, var(--vscode-input-border, var(--vscode-contrastBorder)));
        color: var(--vscode-foreground);
        cursor: pointer;
        font-size: 15px;
        height: 26px;
        line-height: 1;
        padding: 0;
        width: 26px;
      }

      button:first-child {
        border-end-start-radius: 4px;
        border-inline-end: none;
        border-start-start-radius: 4px;
      }

      button:last-child {
        border-end-end-radius: 4px;
        border-inline-start: none;
        border-start-end-radius: 4px;
      }

      button:hover:not(:disabled) {
        background: var(--vscode-radio-inactiveHoverBackground, var(--vscode-toolbar-hoverBackground));
      }

      button:disabled {
        cursor: default;
        opacity: 0.4;
      }
    `,
  ];

  constructor() {
    super();
    this.label = "";
    this.buttons = false;
  }

  override focus(): void {
    this.renderRoot.querySelector("input")?.focus();
  }

  #dispatchValue(value: number): void {
    this.dispatchEvent(new CustomEvent("limn-number", { detail: value }));
  }

  #step(by: number): void {
    this.#dispatchValue(Math.min(this.max, Math.max(this.min, this.value + by)));
  }

  #onInput({ target }: Event): void {
    if (target instanceof HTMLInputElement && /^\d{1,6}$/.test(target.value)) {
      this.#dispatchValue(Number(target.value));
    }
  }

  /** Shows the number again if the field is left empty. */
  #onLeave({ target }: Event): void {
    if (target instanceof HTMLInputElement) {
      target.value = String(this.value);
    }
  }

  #button(by: 1 | -1) {
    const isAtLimit = by > 0 ? this.value >= this.max : this.value <= this.min;
    // No tab stop, since the field takes the arrow keys.
    return html`<button
      type="button"
      tabindex="-1"
      aria-label=${by > 0 ? l10n.t("More: {0}", this.label) : l10n.t("Fewer: {0}", this.label)}
      ?disabled=${isAtLimit}
      @click=${() => this.#step(by)}
    >
      ${by > 0 ? "+" : "−"}
    </button>`;
  }

  protected override render() {
    const isInvalid = this.value < this.min || this.value > this.max;
    return html`<div class="stepper">
      ${this.buttons ? this.#button(-1) : ""}
      <input
        type="number"
        step="1"
        min=${this.min}
        max=${this.max}
        aria-label=${this.label}
        aria-invalid=${isInvalid ? "true" : "false"}
        .value=${String(this.value)}
        @input=${this.#onInput}
        @change=${this.#onLeave}
        @focusout=${this.#onLeave}
      />${this.buttons ? this.#button(1) : ""}
    </div>`;
  }
}

customElements.define("limn-number-field", NumberField);

declare global {
  interface HTMLElementTagNameMap {
    "limn-number-field": NumberField;
  }
}
