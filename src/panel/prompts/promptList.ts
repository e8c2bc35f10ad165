import * as l10n from "@vscode/l10n";
import "@vscode-elements/elements/dist/vscode-icon/index.js";
import "@vscode-elements/elements/dist/vscode-textfield/index.js";
import "@vscode-elements/elements/dist/vscode-toolbar-button/index.js";
import type { VscodeTextfield } from "@vscode-elements/elements/dist/vscode-textfield/index.js";
import { html, LitElement, nothing, type PropertyValues } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { escapeBidiControls } from "../../core/text/invisibleCharacters.ts";
import { maxTextLength } from "../../core/text/textLimit.ts";
import type { PromptsView, PromptView } from "../../protocol.ts";
import { post } from "../../webview/vscodeApi.ts";
import { formStyle } from "../shared/formStyle.ts";
import { promptListStyle } from "./promptListStyle.ts";

/** Keys that need the matches. */
type ListKey = "Enter" | "ArrowDown" | "ArrowUp";

/**
 * Saved and earlier prompts with a search, which the host does: it sends the first matches. Arrows
 * move, Enter uses, Escape closes, F2 renames and Delete deletes. Fires `limn-close`.
 */
export class PromptList extends LitElement {
  static override readonly properties = {
    prompts: { attribute: false },
    search: { state: true },
  };
  static override readonly styles = [formStyle, promptListStyle];
  /** What the host has found; `undefined` until it answers. */
  declare prompts: PromptsView | undefined;
  declare search: string;
  /** Keys that were pressed before the host has answered the search. */
  #waitingKeys: ListKey[] = [];

  constructor() {
    super();
    this.search = "";
  }

  override connectedCallback(): void {
    super.connectedCallback();
    post({ type: "findPrompts", search: this.search });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    post({ type: "findPrompts" });
  }

  protected override async firstUpdated(): Promise<void> {
    const field = this.#field;
    await field?.updateComplete;
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

  #use({ id }: PromptView): void {
    post({ type: "usePrompt", id });
    this.#close();
  }

  /** Keeps the focus in the list if the prompt with the focus is removed. */
  protected override willUpdate(changed: PropertyValues<this>): void {
    const active = this.shadowRoot?.activeElement?.closest("li")?.querySelector<HTMLElement>(".use")?.dataset.id;
    if (changed.has("prompts") && this.prompts !== undefined && active !== undefined) {
      const all = [...this.prompts.saved, ...this.prompts.history];
      if (!all.some(({ id }) => id === active)) {
        const at = this.#rows.findIndex((row) => row.dataset.id === active);
        void this.updateComplete.then(() =>
          (this.#rows[at] ?? this.#rows.at(-1) ?? this.#field?.wrappedElement)?.focus(),
        );
      }
    }
  }

  protected override updated(): void {
    if (this.#isAnswered) {
      this.#waitingKeys.splice(0).forEach((key) => void this.#doKey(key));
    }
  }

  /** Whether the host has answered the search as it is typed. */
  get #isAnswered(): boolean {
    return this.prompts?.search === this.search;
  }

  #onSearch(): void {
    this.search = this.#field?.value ?? "";
    this.#waitingKeys = [];
    post({ type: "findPrompts", search: this.search });
  }

  /** Enter in the search uses the first match; arrows move between the search and the matches. */
  #doKey(key: ListKey): void {
    const rows = this.#rows;
    const active = this.shadowRoot?.activeElement;
    const at = rows.findIndex((row) => row === active || row.parentElement?.contains(active ?? null));
    if (key === "Enter") {
      rows[Math.max(0, at)]?.click();
      return;
    }
    const next = at + (key === "ArrowDown" ? 1 : -1);
    if (next < 0) {
      this.#field?.wrappedElement.focus();
    } else {
      rows[next]?.focus();
    }
  }

  #onListKey(event: KeyboardEvent, key: ListKey): void {
    event.preventDefault();
    if (this.#isAnswered) {
      this.#doKey(key);
    } else {
      this.#waitingKeys.push(key);
    }
  }

  #onKeydown(event: KeyboardEvent): void {
    if (event.key === "Escape") {
      event.stopPropagation();
      this.#close();
      return;
    }
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      this.#onListKey(event, event.key);
    }
  }

  #onRowKeydown(event: KeyboardEvent, { id, name, isRemovable = false }: PromptView): void {
    if (event.key === "Delete" && (name !== undefined || isRemovable)) {
      event.stopPropagation();
      post({ type: "deletePrompt", id });
    } else if (event.key === "F2" && name !== undefined) {
      event.stopPropagation();
      post({ type: "renamePrompt", id });
    }
  }

  #onSearchKeydown(event: KeyboardEvent): void {
    if (event.key === "Enter" && !event.isComposing) {
      this.#onListKey(event, "Enter");
    }
  }

  #actionButton(icon: string, label: string, onClick: () => void) {
    return html`<vscode-toolbar-button icon=${icon} label=${label} title=${label} @click=${onClick}></vscode-toolbar-button>`;
  }

  #row(prompt: PromptView) {
    const { id, name, text, isShared, isRemovable = false } = prompt;
    return html`<li>
      <button
        type="button"
        class="use"
        data-id=${id}
        title=${escapeBidiControls(text)}
        @click=${() => this.#use(prompt)}
        @keydown=${(event: KeyboardEvent) => this.#onRowKeydown(event, prompt)}
      >
        ${
          name === undefined
            ? nothing
            : html`<span class="name"
              ><bdi>${escapeBidiControls(name)}</bdi>${
                isShared
                  ? html`<vscode-icon name="repo" size="14"></vscode-icon><span class="unseen">${l10n.t(", shared in the repository")}</span>`
                  : nothing
              }</span
            >`
        }
        <span class="text" dir="auto">${escapeBidiControls(text)}</span>
      </button>
      ${
        name === undefined
          ? html`${this.#actionButton("star-empty", l10n.t("Save this prompt"), () => post({ type: "savePrompt", text }))}
            ${isRemovable ? this.#actionButton("close", l10n.t("Remove from the history"), () => post({ type: "deletePrompt", id })) : nothing}`
          : html`${this.#actionButton("edit", l10n.t("Rename"), () => post({ type: "renamePrompt", id }))}
            ${this.#actionButton("trash", l10n.t("Delete"), () => post({ type: "deletePrompt", id }))}`
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

  protected override render() {
    const { saved = [], history = [], more = 0, search = "" } = this.prompts ?? {};
    const isEmpty = this.prompts !== undefined && saved.length + history.length === 0;
    const emptyText = search === "" ? l10n.t("Prompts you use are listed here.") : l10n.t("No prompt has these words.");
    return html`<section aria-label=${l10n.t("Prompts")} @keydown=${this.#onKeydown}>
      <div class="head">
        <vscode-textfield maxlength=${maxTextLength}
          .label=${l10n.t("Search prompts")}
          placeholder=${l10n.t("Search prompts")}
          @input=${this.#onSearch}
          @keydown=${this.#onSearchKeydown}
        ></vscode-textfield>
        ${this.#actionButton("close", l10n.t("Close the list"), () => this.#close())}
      </div>
      <div class="lists">
        ${this.#list(l10n.t("Saved"), saved)} ${this.#list(l10n.t("Earlier"), history)}
      </div>
      <p class="note" role="status" ?hidden=${!isEmpty && more === 0}>
        ${isEmpty ? emptyText : l10n.t("{0} more: search for them.", more)}
      </p>
    </section>`;
  }
}

customElements.define("limn-prompt-list", PromptList);

declare global {
  interface HTMLElementTagNameMap {
    "limn-prompt-list": PromptList;
  }
}
