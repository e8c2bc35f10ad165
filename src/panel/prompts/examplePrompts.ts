import * as l10n from "@vscode/l10n";
import { css, html, LitElement, nothing } from "lit";
import { changeDraft, draft, onDraftChange } from "../draft.ts";
import { formStyle } from "../shared/formStyle.ts";

/** One for a page, one for a document, one for a product. */
const examples: readonly string[] = [
  l10n.t("A mountain hut at sunrise, fresh snow"),
  l10n.t("A desk with a laptop, flat colours, wide margins"),
  l10n.t("A paper boat on water, two colours"),
];

/** Prompts to start with, while there is none. Fires `limn-focus-field` after one was chosen. */
export class ExamplePrompts extends LitElement {
  static override readonly styles = [
    formStyle,
    css`
      ul {
        display: grid;
        gap: 6px;
        list-style: none;
        margin: 0;
        padding: 0;
      }

      p {
        color: var(--vscode-descriptionForeground);
        margin: 0 0 6px;
      }

      button {
        background: none;
        border: 1px solid var(--vscode-widget-border, var(--vscode-contrastBorder, transparent));
        border-radius: 4px;
        cursor: pointer;
        padding: 6px 8px;
        text-align: start;
        width: 100%;
      }

      button:hover {
        background: var(--vscode-toolbar-hoverBackground);
      }
    `,
  ];
  #unsubscribe?: () => void;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#unsubscribe = onDraftChange(() => this.requestUpdate());
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#unsubscribe?.();
  }

  #choose(prompt: string): void {
    changeDraft({ prompt });
    this.dispatchEvent(new CustomEvent("limn-focus-field", { detail: "prompt", bubbles: true, composed: true }));
  }

  protected override render() {
    return (draft().prompt ?? "").trim() !== ""
      ? nothing
      : html`<p id="title">${l10n.t("For example:")}</p>
          <ul aria-labelledby="title">
            ${examples.map(
              (prompt) => html`<li><button type="button" @click=${() => this.#choose(prompt)}>${prompt}</button></li>`,
            )}
          </ul>`;
  }
}

customElements.define("limn-example-prompts", ExamplePrompts);

declare global {
  interface HTMLElementTagNameMap {
    "limn-example-prompts": ExamplePrompts;
  }
}
