import "@vscode-elements/elements/dist/vscode-textarea/index.js";
import "@vscode-elements/elements/dist/vscode-toolbar-button/index.js";
import type { VscodeTextarea } from "@vscode-elements/elements/dist/vscode-textarea/index.js";
import { css, html, LitElement, nothing } from "lit";
import type { DraftFields, Snapshot } from "../../../protocol.ts";
import { changeDraft } from "../../draft.ts";
import { announce } from "../../shared/announce.ts";
import { post } from "../../shared/vscodeApi.ts";
import "../../prompts/promptList.ts";
import { countCharacters } from "../characters.ts";
import { formStyle } from "../formStyle.ts";

const hasNoModifier = ({ altKey, ctrlKey, metaKey, shiftKey }: KeyboardEvent): boolean =>
  !(altKey || ctrlKey || metaKey || shiftKey);

/**
 * The prompt: grows with its text, counts it, and opens the list of earlier prompts. Fires
 * `limn-submit` on Ctrl/Cmd+Enter.
 */
export class PromptField extends LitElement {
  static override properties = {
    snapshot: { attribute: false },
    draft: { attribute: false },
    listOpen: { state: true },
  };
  declare snapshot: Snapshot;
  declare draft: DraftFields;
  declare listOpen: boolean;
  #previousSnapshot: Snapshot | undefined;

  static override styles = [
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

  override async firstUpdated(): Promise<void> {
    const area = this.#textarea;
    await area?.updateComplete;
    if (area !== null) {
      // The component has no property for these.
      const textarea = area.wrappedElement;
      textarea.dir = "auto";
      textarea.style.setProperty("field-sizing", "content");
      textarea.style.minHeight = "5.2em";
      textarea.style.maxHeight = "min(24em, 45vh)";
      textarea.style.padding = "5px 8px";
      textarea.style.lineHeight = "1.4";
    }
  }

  /** Says what became of saving and deleting once the host has done it, and not before. */
  override updated(changed: Map<PropertyKey, unknown>): void {
    const before: Snapshot | undefined = this.#previousSnapshot;
    this.#previousSnapshot = this.snapshot;
    if (!changed.has("snapshot") || before === undefined) {
      return;
    }
    const added = this.snapshot.saved.length - before.saved.length;
    if (added > 0) {
      announce("Prompt saved.");
    } else if (added < 0) {
      announce("Prompt deleted.");
    }
  }

  #keydown(event: KeyboardEvent): void {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      // VS Code hears what reaches the window, and may have a command on these keys.
      event.stopPropagation();
      this.dispatchEvent(new CustomEvent("limn-submit", { bubbles: true, composed: true }));
    } else if (event.key === "ArrowUp" && hasNoModifier(event) && this.#isAtStart()) {
      event.preventDefault();
      this.listOpen = true;
    }
  }

  /** Whether the cursor stands before all text: there Up has nowhere else to go. */
  #isAtStart(): boolean {
    const area = this.#textarea?.wrappedElement;
    return area?.selectionStart === 0 && area.selectionEnd === 0;
  }

  #closeList(): void {
    this.listOpen = false;
    this.focus();
  }

  override render() {
    const { prompt = "" } = this.draft;
    const { promptLimit } = this.snapshot.model;
    const length = countCharacters(prompt);
    const isTooLong = length > promptLimit;
    return html`
      <vscode-textarea
        .label=${"Prompt"}
        .value=${prompt}
        ?invalid=${isTooLong}
        placeholder="Describe the picture"
        @input=${() => changeDraft({ prompt: this.#textarea?.value ?? "" })}
        @keydown=${this.#keydown}
      ></vscode-textarea>
      <div class="foot">
        <vscode-toolbar-button
          icon="history"
          label="Earlier and saved prompts"
          title="Earlier and saved prompts (Up arrow at the start of the prompt)"
          @click=${() => {
            this.listOpen = !this.listOpen;
          }}
        ></vscode-toolbar-button>
        <vscode-toolbar-button
          icon="star-empty"
          label="Save this prompt"
          title="Save this prompt"
          ?hidden=${prompt.trim() === ""}
          @click=${() => post({ type: "savePrompt", text: prompt })}
        ></vscode-toolbar-button>
        <span class=${isTooLong ? "count over" : "count"}>
          <span aria-hidden="true">${length} / ${promptLimit}</span>
          <span class="unseen">${length} of at most ${promptLimit} characters</span>
        </span>
      </div>
      ${
        this.listOpen
          ? html`<limn-prompt-list
              .history=${this.snapshot.history}
              .saved=${this.snapshot.saved}
              @limn-close=${this.#closeList}
            ></limn-prompt-list>`
          : nothing
      }
    `;
  }
}

customElements.define("limn-prompt-field", PromptField);
