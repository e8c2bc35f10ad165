import * as l10n from "@vscode/l10n";
import "@vscode-elements/elements/dist/vscode-textfield/index.js";
import type { VscodeTextfield } from "@vscode-elements/elements/dist/vscode-textfield/index.js";
import { css, html, LitElement, nothing } from "lit";
import { formatOfName } from "../../../core/pictures/pictureFormat.ts";
import type { DraftFields, Snapshot } from "../../../protocol.ts";
import { post } from "../../../webview/vscodeApi.ts";
import { changeDraft } from "../../draft.ts";
import { formStyle } from "../../shared/formStyle.ts";

/** Milliseconds without a change before the page requests a preview of the path. */
const debounceMs = 250;

/** The preview of a path; empty if no folder is open. */
const savePathText = (path: string): string =>
  path === "" ? l10n.t("You are asked when you keep a picture.") : `→ ${path}`;

/** Where to save: a path with placeholders, and its preview by the host. */
export class TargetField extends LitElement {
  static override readonly properties = { snapshot: { attribute: false }, draft: { attribute: false } };
  static override readonly styles = [
    formStyle,
    // The host sends the preview later than the rest: one line has room from the start.
    css`
      .note {
        min-height: 16px;
      }
    `,
  ];
  declare snapshot: Snapshot;
  /** The draft as it would be sent. */
  declare draft: DraftFields;
  #previewedKey = "";
  #timer: ReturnType<typeof setTimeout> | undefined;

  override focus(): void {
    this.#field?.focus();
  }

  get #field(): VscodeTextfield | null {
    return this.renderRoot.querySelector("vscode-textfield");
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
  }

  /**
   * Requests new previews if a value has changed that a name can contain, the target, or the model,
   * by which the host reads the references.
   */
  protected override updated(): void {
    const { prompt, model, shape, exportTarget, count, format, path } = this.draft;
    const key = JSON.stringify([prompt, model, shape, exportTarget, count, format, path]);
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
    const format = formatOfName(path);
    changeDraft(format === undefined ? { path } : { path, format });
  }

  protected override render() {
    const { path = "" } = this.draft;
    const { savePathPreview: target } = this.snapshot.draft;
    const preview = target?.path === path ? target : undefined;
    return html`
      <div class="label" id="label">${l10n.t("Save as")}</div>
      <vscode-textfield
        .label=${l10n.t("Save as")}
        .value=${path}
        ?invalid=${preview?.error !== undefined}
        placeholder="images/{slug}"
        @input=${this.#onInput}
      ></vscode-textfield>
      <p class=${preview?.error === undefined ? "note" : "note error"} aria-live="polite" dir="auto">
        ${preview === undefined ? nothing : (preview.error ?? savePathText(preview.savePath))}
      </p>
    `;
  }
}

customElements.define("limn-target-field", TargetField);

declare global {
  interface HTMLElementTagNameMap {
    "limn-target-field": TargetField;
  }
}
