import * as l10n from "@vscode/l10n";
import { css, html, LitElement } from "lit";
import type { RequestField } from "../../core/request/requestFields.ts";
import { formatName } from "../../core/text/formatName.ts";
import type { DraftFields, Snapshot } from "../../protocol.ts";
import { changeDraft } from "../draft.ts";
import "../shared/choice.ts";
import "../shared/numberField.ts";
import { formStyle } from "../shared/formStyle.ts";
import { withExtensionOf } from "./fields/pathFormat.ts";

/** Number, format and quality of the pictures. */
export class Output extends LitElement {
  static override readonly properties = { snapshot: { attribute: false }, draft: { attribute: false } };
  declare snapshot: Snapshot;
  declare draft: DraftFields;

  static override readonly styles = [
    formStyle,
    // The gap is small where all three fields have to fit into a side bar of default width.
    css`
      .row {
        display: flex;
        flex-wrap: wrap;
        gap: 10px 16px;
      }

      @media (max-width: 340px) {
        .row {
          gap: 10px 6px;
        }
      }
    `,
  ];

  /** Puts the focus on one of its fields. */
  focusField(field: RequestField | undefined): void {
    this.renderRoot.querySelector<HTMLElement>(`[data-field="${field}"]`)?.focus();
  }

  #onFormat(name: string): void {
    const { model, draft } = this.snapshot;
    const format = model.formats.find((one) => one === name);
    if (format !== undefined) {
      const { path = draft.defaults.path } = this.draft;
      const fittedPath = withExtensionOf(path, format);
      // A path that stays is not set, so that it follows the proposed one.
      changeDraft(fittedPath === path ? { format } : { format, path: fittedPath });
    }
  }

  protected override render() {
    const { model, draft } = this.snapshot;
    const { count = 1, format = draft.defaults.format, quality = draft.defaults.quality } = this.draft;
    return html`<div class="row">
      <div>
        <div class="label">${l10n.t("Pictures")}</div>
        <limn-number-field
          buttons
          data-field="count"
          label=${l10n.t("Pictures")}
          .min=${model.results.min}
          .max=${model.results.max}
          .value=${count}
          @limn-number=${({ detail }: CustomEvent<number>) => changeDraft({ count: detail })}
        ></limn-number-field>
      </div>
      <div>
        <div class="label">${l10n.t("Format")}</div>
        <limn-choice
          data-field="format"
          label=${l10n.t("Format")}
          .options=${model.formats.map((value) => ({ value, label: formatName(value) }))}
          .value=${format}
          @limn-choose=${({ detail }: CustomEvent<string>) => this.#onFormat(detail)}
        ></limn-choice>
      </div>
      <div>
        <div class="label">${l10n.t("Quality")}</div>
        <limn-number-field
          data-field="quality"
          label=${l10n.t("Quality")}
          .min=${model.quality.min}
          .max=${model.quality.max}
          .value=${quality}
          @limn-number=${({ detail }: CustomEvent<number>) => changeDraft({ quality: detail })}
        ></limn-number-field>
      </div>
    </div>`;
  }
}

customElements.define("limn-output", Output);

declare global {
  interface HTMLElementTagNameMap {
    "limn-output": Output;
  }
}
