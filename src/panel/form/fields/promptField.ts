import * as l10n from "@vscode/l10n";
import "@vscode-elements/elements/dist/vscode-textarea/index.js";
import "@vscode-elements/elements/dist/vscode-toolbar-button/index.js";
import type { VscodeTextarea } from "@vscode-elements/elements/dist/vscode-textarea/index.js";
import { css, html, LitElement, nothing, type PropertyValues } from "lit";
import type { DraftFields, Snapshot } from "../../../protocol.ts";
import { announce } from "../../../webview/announce.ts";
import { post } from "../../../webview/vscodeApi.ts";
import { changeDraft } from "../../draft.ts";
import { formStyle } from "../../shared/formStyle.ts";
import { promptLengthOf } from "../promptLength.ts";

const hasNoModifier = ({ altKey, ctrlKey, metaKey, shiftKey }: KeyboardEvent): boolean =>
  !(altKey || ctrlKey || metaKey || shiftKey);

/**
 * The prompt: grows with its text, counts its characters, and opens the list of prompts. Fires
 * `limn-submit` on Ctrl/Cmd+Enter.
 */
export class PromptField extends LitElement {
  static override readonly properties = {
    snapshot: { attribute: false },
    draft: { attribute: false },
    listOpen: { state: true },
  };
  declare snapshot: Snapshot;
  declare draft: DraftFields;
  declare listOpen: boolean;
  #previousSnapshot: Snapshot | undefined;

  static override readonly styles = [
    formStyle,
    css`
      .foot {
        align-items: center;
        display: flex;
        gap: 2px;
        min-height: 24px;
      }

      .count {
        color: var(--vscode-descriptionForeground);
        font-size: 12px;
        font-variant-numeric: tabular-nums;
        margin-inline-start: auto;
      }

      .count.over {
        color: var(--vscode-foreground);
        font-weight: 700;
      }

      vscode-textarea {
        display: block;
      }
    `,
  ];

  constructor() {
    super();
    this.listOpen = false;
  }

  override focus(): void {
    this.#textarea?.focus();
  }

  get #textarea(): VscodeTextarea | null {
    return this.renderRoot.querySelector("vscode-textarea");
  }

  protected override async firstUpdated(): Promise<void> {
    const area = this.#textarea;
    await area?.updateComplete;
    if (area !== null) {
      // The component has no properties for these.
      const textarea = area.wrappedElement;
      textarea.dir = "auto";
      textarea.style.setProperty("field-sizing", "content");
      textarea.style.minHeight = "5.2em";
      textarea.style.maxHeight = "min(24em, 45vh)";
      textarea.style.padding = "5px 8px";
      textarea.style.lineHeight = "1.4";
    }
  }

  /** Announces that a prompt was saved or deleted once the snapshot shows it. */
  protected override updated(changed: PropertyValues<this>): void {
    const before: Snapshot | undefined = this.#previousSnapshot;
    this.#previousSnapshot = this.snapshot;
    if (!changed.has("snapshot") || before === undefined) {
      return;
    }
    const added = this.snapshot.savedPrompts - before.savedPrompts;
    if (added > 0) {
      announce(l10n.t("Prompt saved."));
    } else if (added < 0) {
      announce(l10n.t("Prompt deleted."));
    }
  }

  #onKeydown(event: KeyboardEvent): void {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      // VS Code may have a command for these keys.
      event.stopPropagation();
      this.dispatchEvent(new CustomEvent("limn-submit", { bubbles: true, composed: true }));
    } else if (event.key === "ArrowUp" && hasNoModifier(event) && this.#isAtStart()) {
      event.preventDefault();
      this.listOpen = true;
    }
  }

  /** Whether the cursor is before all text, where Up does not move it. */
  #isAtStart(): boolean {
    const area = this.#textarea?.wrappedElement;
    return area?.selectionStart === 0 && area.selectionEnd === 0;
  }

  #closeList(): void {
    this.listOpen = false;
    this.focus();
  }

  protected override render() {
    const { prompt = "" } = this.draft;
    const { model, draft: draftView } = this.snapshot;
    const { promptLimit } = model;
    const { length, hintNote } = promptLengthOf(draftView, this.draft);
    const isTooLong = length > promptLimit;
    return html`
      <vscode-textarea
        .label=${l10n.t("Prompt")}
        .value=${prompt}
        ?invalid=${isTooLong}
        placeholder=${l10n.t("Describe the picture")}
        @input=${() => changeDraft({ prompt: this.#textarea?.value ?? "" })}
        @keydown=${this.#onKeydown}
      ></vscode-textarea>
      <div class="foot">
        <vscode-toolbar-button
          icon="history"
          label=${l10n.t("Earlier and saved prompts")}
          title=${l10n.t("Earlier and saved prompts (Up arrow at the start of the prompt)")}
          @click=${() => {
            this.listOpen = !this.listOpen;
          }}
        ></vscode-toolbar-button>
        <vscode-toolbar-button
          icon="star-empty"
          label=${l10n.t("Save this prompt")}
          title=${l10n.t("Save this prompt")}
          ?hidden=${prompt.trim() === ""}
          @click=${() => post({ type: "savePrompt", text: prompt })}
        ></vscode-toolbar-button>
        <span class=${isTooLong ? "count over" : "count"} title=${hintNote}>
          <span aria-hidden="true">${length} / ${promptLimit}</span>
          <span class="unseen">${l10n.t("{0} of at most {1} characters", length, promptLimit)}</span>
        </span>
      </div>
      ${
        this.listOpen
          ? html`<limn-prompt-list
              .prompts=${this.snapshot.prompts}
              @limn-close=${this.#closeList}
            ></limn-prompt-list>`
          : nothing
      }
    `;
  }
}

customElements.define("limn-prompt-field", PromptField);

declare global {
  interface HTMLElementTagNameMap {
    "limn-prompt-field": PromptField;
  }
}
