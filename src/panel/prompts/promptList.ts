import "@vscode-elements/elements/dist/vscode-button/index.js";
import "@vscode-elements/elements/dist/vscode-icon/index.js";
import "@vscode-elements/elements/dist/vscode-textfield/index.js";
import "@vscode-elements/elements/dist/vscode-toolbar-button/index.js";
import type { VscodeTextfield } from "@vscode-elements/elements/dist/vscode-textfield/index.js";
import { html, LitElement, nothing } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { escapeBidiControls } from "../../core/text/invisibleCharacters.ts";
import type { PromptView } from "../../protocol.ts";
import { hasTypedPrompt } from "../draft.ts";
import { roundTextfield } from "../form/fields/roundTextfield.ts";
import { formStyle } from "../form/formStyle.ts";
import { post } from "../shared/vscodeApi.ts";
import { findPrompts } from "./findPrompts.ts";
import { promptListStyle } from "./promptListStyle.ts";

/** More than this is not drawn at once; a search makes it fewer. */
const maxShown = 100;

/**
 * Saved and earlier prompts with a search: arrows move, Enter uses, Escape closes; F2 renames and
 * Delete deletes a saved one. Fires `limn-close`.
 */
export class PromptList extends LitElement {
  static override properties = {
    history: { attribute: false },
    saved: { attribute: false },
    search: { state: true },
    confirmingId: { state: true },
  };
  static override styles = [formStyle, promptListStyle];
  declare history: readonly PromptView[];
  declare saved: readonly PromptView[];
  declare search: string;
  /** The prompt that would be put over typed words, while a person is asked whether it may. */
  declare confirmingId: string | undefined;

  constructor() {
    super();
    this.search = "";
    this.history = [];
    this.saved = [];
  }

  override async firstUpdated(): Promise<void> {
    const field = this.#field;
    await roundTextfield(field);
    field?.wrappedElement.focus();
  }

  get #field(): VscodeTextfield | null {
    return this.renderRoot.querySelector("vscode-textfield");
  }

  get #rows(): HTMLElement[] {
    return [...this.renderRoot.querySelectorAll<HTMLElement>(".use")];
  }

  #close(): void {
    this.dispatchEvent(new CustomEvent("limn-close"));
  }

  async #use({ id }: PromptView, isConfirmed = false): Promise<void> {
    if (hasTypedPrompt() && !isConfirmed) {
      this.confirmingId = id;
      await this.updateComplete;
      this.renderRoot.querySelector<HTMLElement>(".ask vscode-button")?.focus();
      return;
    }
    post({ type: "usePrompt", id });
    this.#close();
  }

  async #cancelReplace(id: string): Promise<void> {
    this.confirmingId = undefined;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>(`.use[data-id="${CSS.escape(id)}"]`)?.focus();
  }

  /** Keeps the focus in the list when the prompt that had it is gone. */
  override willUpdate(changed: Map<PropertyKey, unknown>): void {
    const active = this.shadowRoot?.activeElement?.closest("li")?.querySelector<HTMLElement>(".use")?.dataset.id;
    if ((changed.has("saved") || changed.has("history")) && active !== undefined) {
      const all = [...this.saved, ...this.history];
      if (!all.some(({ id }) => id === active)) {
        const at = this.#rows.findIndex((row) => row.dataset.id === active);
        void this.updateComplete.then(() =>
          (this.#rows[at] ?? this.#rows.at(-1) ?? this.#field?.wrappedElement)?.focus(),
        );
      }
    }
  }

  #keydown(event: KeyboardEvent): void {
    if (event.key === "Escape") {
      event.stopPropagation();
      if (this.confirmingId === undefined) {
        this.#close();
      } else {
        void this.#cancelReplace(this.confirmingId);
      }
      return;
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined) {
      return;
    }
    event.preventDefault();
    const rows = this.#rows;
    const active = this.shadowRoot?.activeElement;
    const at = rows.findIndex((row) => row === active || row.parentElement?.contains(active ?? null));
    if (at + step < 0) {
      this.#field?.wrappedElement.focus();
    } else {
      rows[at + step]?.focus();
    }
  }

  #rowKeydown(event: KeyboardEvent, { id, name, isRemovable: removable = false }: PromptView): void {
    if (event.key === "Delete" && (name !== undefined || removable)) {
      event.stopPropagation();
      post({ type: "deletePrompt", id });
    } else if (event.key === "F2" && name !== undefined) {
      event.stopPropagation();
      post({ type: "renamePrompt", id });
    }
  }

  /** Enter in the search uses the first prompt that was found. */
  #searchKeydown(event: KeyboardEvent): void {
    if (event.key === "Enter" && !event.isComposing) {
      event.preventDefault();
      this.#rows[0]?.click();
    }
  }

  #confirmation(prompt: PromptView) {
    return html`<div class="ask" role="group" aria-label="Replace the prompt?">
      <p>Replace what you typed?</p>
      <vscode-button @click=${() => this.#use(prompt, true)}>Replace</vscode-button>
      <vscode-button secondary @click=${() => this.#cancelReplace(prompt.id)}>Keep Mine</vscode-button>
    </div>`;
  }

  #actionButton(icon: string, label: string, onClick: () => void) {
    return html`<vscode-toolbar-button icon=${icon} label=${label} title=${label} @click=${onClick}></vscode-toolbar-button>`;
  }

  #row(prompt: PromptView) {
    const { id, name, text, isShared: shared, isRemovable: removable = false } = prompt;
    if (this.confirmingId === id) {
      return html`<li>${this.#confirmation(prompt)}</li>`;
    }
    return html`<li>
      <button
        type="button"
        class="use"
        data-id=${id}
        title=${escapeBidiControls(text)}
        @click=${() => this.#use(prompt)}
        @keydown=${(event: KeyboardEvent) => this.#rowKeydown(event, prompt)}
      >
        ${
          name === undefined
            ? nothing
            : html`<span class="name"
              ><bdi>${escapeBidiControls(name)}</bdi>${
                shared
                  ? html`<vscode-icon name="repo" size="14"></vscode-icon><span class="unseen">, shared in the repository</span>`
                  : nothing
              }</span
            >`
        }
        <span class="text" dir="auto">${escapeBidiControls(text)}</span>
      </button>
      ${
        name === undefined
          ? html`${this.#actionButton("star-empty", "Save this prompt", () => post({ type: "savePrompt", text }))}
            ${removable ? this.#actionButton("close", "Remove from the history", () => post({ type: "deletePrompt", id })) : nothing}`
          : html`${this.#actionButton("edit", "Rename", () => post({ type: "renamePrompt", id }))}
            ${this.#actionButton("trash", "Delete", () => post({ type: "deletePrompt", id }))}`
      }
    </li>`;
  }

  #list(title: string, prompts: readonly PromptView[]) {
    return prompts.length === 0
      ? nothing
      : html`<h2>${title}</h2>
          <ul aria-label=${title}>
            ${repeat(
              prompts,
              ({ id }) => id,
              (prompt) => this.#row(prompt),
            )}
          </ul>`;
  }

  override render() {
    const [saved, history] = [findPrompts(this.saved, this.search), findPrompts(this.history, this.search)];
    const total = saved.length + history.length;
    const emptyText = this.search === "" ? "Prompts you use are listed here." : "No prompt has these words.";
    return html`<section aria-label="Prompts" @keydown=${this.#keydown}>
      <div class="head">
        <vscode-textfield
          .label=${"Search prompts"}
          placeholder="Search prompts"
          @input=${() => {
            this.search = this.#field?.value ?? "";
          }}
          @keydown=${this.#searchKeydown}
        ></vscode-textfield>
        ${this.#actionButton("close", "Close the list", () => this.#close())}
      </div>
      <div class="lists">
        ${this.#list("Saved", saved.slice(0, maxShown))}
        ${this.#list("Earlier", history.slice(0, Math.max(0, maxShown - saved.length)))}
      </div>
      <p class="note" role="status" ?hidden=${total > 0 && total <= maxShown}>
        ${total === 0 ? emptyText : `${total - maxShown} more: search for them.`}
      </p>
    </section>`;
  }
}

customElements.define("limn-prompt-list", PromptList);
