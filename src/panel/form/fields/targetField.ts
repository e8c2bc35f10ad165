import "@vscode-elements/elements/dist/vscode-textfield/index.js";
import type { VscodeTextfield } from "@vscode-elements/elements/dist/vscode-textfield/index.js";
import { html, LitElement, nothing } from "lit";
import type { DraftFields, Snapshot } from "../../../protocol.ts";
import { changeDraft } from "../../draft.ts";
import { post } from "../../shared/vscodeApi.ts";
import { formStyle } from "../formStyle.ts";
import { formatOfPath } from "./pathFormat.ts";
import { roundTextfield } from "./roundTextfield.ts";

/** Milliseconds without a change before the host is asked what a path would give. */
const debounceMs = 250;

/** With no folder open there is nothing to foresee. */
const savePathText = (path: string): string => (path === "" ? "You are asked when you keep a picture." : `→ ${path}`);

/** Where to save: a path with placeholders, and what will come of it, as the host says. */
export class TargetField extends LitElement {
  static override properties = { snapshot: { attribute: false }, draft: { attribute: false } };
  static override styles = formStyle;
  declare snapshot: Snapshot;
  /** The draft as it would be sent. */
  declare draft: DraftFields;
  #previewedKey = "";
  #timer: ReturnType<typeof setTimeout> | undefined;

  override focus(): void {
    this.#field?.focus();
  }

  override async firstUpdated(): Promise<void> {
    await roundTextfield(this.#field);
  }

  get #field(): VscodeTextfield | null {
    return this.renderRoot.querySelector("vscode-textfield");
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
  }

  /** Asks again whenever something changed that a name can be made of. */
  override updated(): void {
    const { prompt, shape, count, format, path } = this.draft;
    const key = JSON.stringify([prompt, shape, count, format, path]);
    if (key === this.#previewedKey) {
      return;
    }
    const isFirst = this.#previewedKey === "";
    this.#previewedKey = key;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => post({ type: "previewPath", draft: this.draft }), isFirst ? 0 : debounceMs);
  }

  #onInput(): void {
    const path = this.#field?.value ?? "";
    const format = formatOfPath(path);
    changeDraft(format === undefined ? { path } : { path, format });
  }

  override render() {
    const { path = "" } = this.draft;
    const { target } = this.snapshot.draft;
    const preview = target?.asked === path ? target : undefined;
    return html`
      <div class="label" id="label">Save as</div>
      <vscode-textfield
        .label=${"Save as"}
        .value=${path}
        ?invalid=${preview?.error !== undefined}
        placeholder="images/{slug}"
        @input=${this.#onInput}
      ></vscode-textfield>
      <p class=${preview?.error === undefined ? "note" : "note error"} aria-live="polite" dir="auto">
        ${preview === undefined ? nothing : (preview.error ?? savePathText(preview.shown))}
      </p>
    `;
  }
}

customElements.define("limn-target-field", TargetField);
