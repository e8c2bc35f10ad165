import * as l10n from "@vscode/l10n";
import { css, html, LitElement, nothing } from "lit";
import type { CropPreview, DraftFields, Snapshot } from "../../../protocol.ts";
import { changeDraft } from "../../draft.ts";
import { formStyle } from "../../shared/formStyle.ts";
import { centredShape, scaled } from "./shapeDrawing.ts";

/** Longest side of the drawing in CSS pixels, with its lines. */
const drawingSide = 56;

/** The shape of the pictures, dashed, with frames around what stays of them. */
function cropDrawing({ picture, kept }: CropPreview) {
  const scale = (drawingSide - 2) / Math.max(picture.width, picture.height);
  const whole = scaled(picture, scale);
  const drawing = { width: whole.width + 2, height: whole.height + 2 };
  return html`<svg width=${drawing.width} height=${drawing.height} aria-hidden="true">
    <rect x="1" y="1" width=${whole.width} height=${whole.height} rx="1.5" fill="none" stroke="currentColor" stroke-dasharray="2 2"/>
    ${kept.map((size) => centredShape(drawing, scaled(size, scale)))}
  </svg>`;
}

/** What the pictures are for: a target decides on their size, and may add to the prompt. */
export class ForField extends LitElement {
  static override readonly properties = { snapshot: { attribute: false }, draft: { attribute: false } };
  static override readonly styles = [
    formStyle,
    css`
      select {
        background: var(--vscode-settings-dropdownBackground);
        border: 1px solid var(--vscode-settings-dropdownBorder);
        border-radius: 4px;
        color: var(--vscode-settings-dropdownForeground);
        font: inherit;
        height: 26px;
        width: 100%;
      }

      select:focus {
        outline: 1px solid var(--vscode-focusBorder);
        outline-offset: -1px;
      }

      .fit,
      label {
        display: flex;
        gap: 6px;
      }

      .fit {
        align-items: center;
      }

      svg {
        flex: none;
        margin-top: 6px;
      }

      input {
        appearance: none;
        background: var(--vscode-settings-checkboxBackground);
        border: 1px solid var(--vscode-settings-checkboxBorder);
        border-radius: 3px;
        color: var(--vscode-settings-checkboxForeground);
        flex: none;
        font: 14px/14px codicon;
        height: 16px;
        margin: 0;
        width: 16px;
      }

      input:checked::before {
        content: "\\eab2";
      }

      input:focus-visible {
        outline: 1px solid var(--vscode-focusBorder);
        outline-offset: 1px;
      }
    `,
  ];
  declare snapshot: Snapshot;
  /** The draft as it would be sent. */
  declare draft: DraftFields;

  #onChange(id: string): void {
    const { targets = [], model } = this.snapshot;
    const target = targets.find((one) => one.id === id);
    const shape = target?.sizes[model.id];
    changeDraft({ exportTarget: target?.id, hint: undefined, ...(shape && { shape }) });
  }

  protected override render() {
    const { targets = [], draft: draftView } = this.snapshot;
    const { exportTarget, hint = true } = this.draft;
    const preview = draftView.targetPreview?.target === exportTarget ? draftView.targetPreview : undefined;
    return html`
      <div class="label">${l10n.t("For")}</div>
      <select
        aria-label=${l10n.t("For")}
        @change=${({ target }: Event) => target instanceof HTMLSelectElement && this.#onChange(target.value)}
      >
        <option value="" .selected=${exportTarget === undefined}>${l10n.t("Any picture")}</option>
        ${[...Map.groupBy(targets, ({ group }) => group)].map(
          ([group, inGroup]) =>
            html`<optgroup label=${group}>
              ${inGroup.map(
                ({ id, name }) => html`<option value=${id} .selected=${id === exportTarget}>${name}</option>`,
              )}
            </optgroup>`,
        )}
      </select>
      <div class="fit">
        ${preview?.crop === undefined ? nothing : cropDrawing(preview.crop)}
        <p class="note ${preview?.isTooSmall === true ? "warning" : ""}" aria-live="polite">${preview?.text}</p>
      </div>
      ${
        preview?.hint === undefined
          ? nothing
          : html`<label class="note"
              ><input
                type="checkbox"
                .checked=${hint}
                @change=${() => changeDraft({ hint: hint ? false : undefined })}
              /><span>${l10n.t("Add to the prompt: “{0}”", preview.hint)}</span></label
            >`
      }
    `;
  }
}

customElements.define("limn-for-field", ForField);

declare global {
  interface HTMLElementTagNameMap {
    "limn-for-field": ForField;
  }
}
