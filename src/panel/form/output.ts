import { css, html, LitElement } from "lit";
import type { DraftFields, Snapshot } from "../../protocol.ts";
import { changeDraft } from "../draft.ts";
import "./fields/choice.ts";
import "./fields/count.ts";
import { withExtensionOf } from "./fields/pathFormat.ts";
import { formStyle } from "./formStyle.ts";

const formatLabels: Readonly<Record<string, string>> = { JPG: "JPG", PNG: "PNG", WEBP: "WebP" };

/** How many pictures, in what format and quality. */
export class Output extends LitElement {
  static override properties = { snapshot: { attribute: false }, draft: { attribute: false } };
  declare snapshot: Snapshot;
  declare draft: DraftFields;

  static override styles = [
    formStyle,
    css`
      .row {
        display: flex;
        flex-wrap: wrap;
        gap: 10px 16px;
      }

      /* At the width a side bar has when it is new, all three fit beside each other. */
      @media (max-width: 340px) {
        .row {
          gap: 10px 8px;
        }
      }
    `,
  ];

  /** Puts the focus on one of its fields. */
  focusField(field: string): void {
    this.renderRoot.querySelector<HTMLElement>(`[data-field="${field}"]`)?.focus();
  }

  #onFormat(name: string): void {
    const { model, draft } = this.snapshot;
    const format = model.formats.find((one) => one === name);
    if (format !== undefined) {
      changeDraft({ format, path: withExtensionOf(this.draft.path ?? draft.defaults.path, format) });
    }
  }

  override render() {
    const { model, draft } = this.snapshot;
    const { count = 1, format = draft.defaults.format, quality = draft.defaults.quality } = this.draft;
    return html`<div class="row">
      <div>
        <div class="label">Pictures</div>
        <limn-count
          buttons
          data-field="count"
          label="Pictures"
          .min=${model.results.min}
          .max=${model.results.max}
          .value=${count}
          @limn-count=${({ detail }: CustomEvent<number>) => changeDraft({ count: detail })}
        ></limn-count>
      </div>
      <div>
        <div class="label">Format</div>
        <limn-choice
          data-field="format"
          label="Format"
          .options=${model.formats.map((value) => ({ value, label: formatLabels[value] ?? value }))}
          .value=${format}
          @limn-choose=${({ detail }: CustomEvent<string>) => this.#onFormat(detail)}
        ></limn-choice>
      </div>
      <div>
        <div class="label">Quality</div>
        <limn-count
          data-field="quality"
          label="Quality"
          .min=${model.quality.min}
          .max=${model.quality.max}
          .value=${quality}
          @limn-count=${({ detail }: CustomEvent<number>) => changeDraft({ quality: detail })}
        ></limn-count>
      </div>
    </div>`;
  }
}

customElements.define("limn-output", Output);
