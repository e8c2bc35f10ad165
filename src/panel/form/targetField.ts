import "@vscode-elements/elements/dist/vscode-textfield/index.js";
import type { VscodeTextfield } from "@vscode-elements/elements/dist/vscode-textfield/index.js";
import { html, LitElement, nothing } from "lit";
import type { DraftFields, Snapshot } from "../../protocol.ts";
import { post } from "../bridge.ts";
import { changeDraft } from "../draft.ts";
import { formStyle } from "./style.ts";
import { formatIn } from "./target.ts";
import { trimField } from "./textfield.ts";

/** Milliseconds without a change before the host is asked what a path would give. */
const pauseMs = 250;

/** With no folder open there is nothing to foresee. */
const foreseen = (shown: string): string => (shown === "" ? "You are asked when you keep a picture." : `→ ${shown}`);

/** Where to save: a path with placeholders, and what will come of it, as the host says. */
export class TargetField extends LitElement {
  static override properties = { snapshot: { attribute: false }, draft: { attribute: false } };
  static override styles = formStyle;
  declare snapshot: Snapshot;
  /** The draft as it would be sent. */
  declare draft: DraftFields;
  #asked = "";
  #timer: ReturnType<typeof setTimeout> | undefined;

  override focus(): void {
    this.#field?.focus();
  }

  override async firstUpdated(): Promise<void> {
    await trimField(this.#field);
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
    const question = JSON.stringify([prompt, shape, count, format, path]);
    if (question === this.#asked) {
      return;
    }
    const isFirst = this.#asked === "";
    this.#asked = question;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => post({ type: "previewPath", draft: this.draft }), isFirst ? 0 : pauseMs);
  }

  #typed(): void {
    const path = this.#field?.value ?? "";
    const format = formatIn(path);
    changeDraft(format === undefined ? { path } : { path, format });
  }

  override render() {
    const { path = "" } = this.draft;
    const { target } = this.snapshot.draft;
    const known = target?.asked === path ? target : undefined;
    return html`
      <div class="label" id="label">Save as</div>
      <vscode-textfield
        .label=${"Save as"}
        .value=${path}
        ?invalid=${known?.error !== undefined}
        placeholder="images/{slug}"
        @input=${this.#typed}
      ></vscode-textfield>
      <p class=${known?.error === undefined ? "note" : "note error"} aria-live="polite" dir="auto">
        ${known === undefined ? nothing : (known.error ?? foreseen(known.shown))}
      </p>
    `;
  }
}

customElements.define("limn-target-field", TargetField);
