import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { formStyle } from "./formStyle.ts";

/** An option of a `limn-choice`. */
export interface ChoiceOption {
  readonly value: string;
  readonly label: string;
  /** Accessible name and tooltip, if the label alone says too little. */
  readonly title?: string;
  readonly icon?: TemplateResult;
}

const stepByKey: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 };

/**
 * A row or grid of buttons of which one is chosen: a radio group with one tab stop, in which arrow
 * keys choose. Fires `limn-choose` with the value as its detail. `layout="chips"` puts each label
 * below its icon.
 */
export class Choice extends LitElement {
  static override readonly properties = {
    options: { attribute: false },
    value: {},
    label: {},
    layout: { reflect: true },
  };
  declare options: readonly ChoiceOption[];
  declare value: string | undefined;
  declare label: string;
  declare layout: string | undefined;

  static override readonly styles = [
    formStyle,
    css`
      /* The borders of neighbours overlap, in a row and below each other. */
      .group {
        display: flex;
        flex-wrap: wrap;
        padding: 0 1px 1px 0;
      }

      button {
        align-items: center;
        background: var(--vscode-radio-inactiveBackground, transparent);
        border: 1px solid var(--vscode-radio-inactiveBorder, var(--vscode-input-border, var(--vscode-contrastBorder)));
        border-radius: 0;
        box-sizing: border-box;
        color: var(--vscode-foreground);
        cursor: pointer;
        display: flex;
        flex: 1 1 auto;
        font-size: 12px;
        gap: 4px;
        height: 26px;
        justify-content: center;
        margin: 0 -1px -1px 0;
        min-width: 0;
        padding: 0 8px;
        position: relative;
        white-space: nowrap;
      }

      button:first-child {
        border-end-start-radius: 4px;
        border-start-start-radius: 4px;
      }

      button:last-child {
        border-end-end-radius: 4px;
        border-start-end-radius: 4px;
      }

      button:hover {
        background: var(--vscode-radio-inactiveHoverBackground, var(--vscode-toolbar-hoverBackground));
      }

      button[aria-checked="true"] {
        background: var(--vscode-radio-activeBackground, var(--vscode-inputOption-activeBackground));
        border-color: var(--vscode-radio-activeBorder, var(--vscode-inputOption-activeBorder));
        /* Only high contrast themes have this colour. */
        box-shadow: inset 0 0 0 2px var(--vscode-contrastActiveBorder);
        color: var(--vscode-radio-activeForeground, var(--vscode-inputOption-activeForeground));
        z-index: 1;
      }

      button:focus-visible {
        z-index: 2;
      }

      :host([layout="chips"]) .group {
        display: grid;
        gap: 4px;
        grid-template-columns: repeat(4, minmax(0, 1fr));
        padding: 0;
      }

      :host([layout="chips"]) button {
        border-radius: 4px;
        flex-direction: column;
        gap: 2px;
        height: 46px;
        margin: 0;
        padding: 0 2px;
      }

      /**
       * With an odd number of options the first has its own row, with its label beside the
       * icon.
       */
      :host([layout="chips"]) button:first-child:nth-last-child(odd) {
        flex-direction: row;
        gap: 6px;
        grid-column: 1 / -1;
        height: 30px;
      }

      @media (max-width: 340px) {
        :host(:not([layout="chips"])) button {
          padding: 0 6px;
        }
      }

      /* In a wider panel, the form is a column. */
      @media (380px <= width < 700px) {
        :host([layout="chips"]) .group {
          grid-template-columns: repeat(8, minmax(0, 1fr));
        }
      }

      svg {
        display: block;
        overflow: visible;
      }
    `,
  ];

  constructor() {
    super();
    this.options = [];
    this.label = "";
  }

  override focus(options?: FocusOptions): void {
    this.renderRoot.querySelector<HTMLElement>('[tabindex="0"]')?.focus(options);
  }

  #choose(value: string): void {
    this.dispatchEvent(new CustomEvent("limn-choose", { detail: value }));
  }

  #onKeydown(event: KeyboardEvent): void {
    const step = stepByKey[event.key];
    if (step === undefined || event.altKey || event.ctrlKey || event.metaKey) {
      return;
    }
    event.preventDefault();
    const selectedIndex = this.options.findIndex(({ value }) => value === this.value);
    const next = this.options.at((Math.max(selectedIndex, 0) + step) % this.options.length);
    if (next !== undefined) {
      this.#choose(next.value);
      this.renderRoot.querySelector<HTMLElement>(`[data-value="${CSS.escape(next.value)}"]`)?.focus();
    }
  }

  protected override render() {
    const tabStop = this.options.some(({ value }) => value === this.value) ? this.value : this.options[0]?.value;
    return html`<div class="group" role="radiogroup" aria-label=${this.label} @keydown=${this.#onKeydown}>
      ${this.options.map(
        ({ value, label, title, icon }) => html`<button
          type="button"
          role="radio"
          data-value=${value}
          aria-checked=${value === this.value ? "true" : "false"}
          aria-label=${title ?? nothing}
          title=${title ?? nothing}
          tabindex=${value === tabStop ? 0 : -1}
          @click=${() => this.#choose(value)}
        >
          ${icon ?? nothing}<span>${label}</span>
        </button>`,
      )}
    </div>`;
  }
}

customElements.define("limn-choice", Choice);

declare global {
  interface HTMLElementTagNameMap {
    "limn-choice": Choice;
  }
}
