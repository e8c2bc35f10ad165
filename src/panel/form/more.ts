import * as l10n from "@vscode/l10n";
import { css, html, LitElement, nothing } from "lit";
import type { RequestField } from "../../core/request/requestFields.ts";
import { safetyChoicesOf } from "../../core/request/safety.ts";
import type { DraftFields, Snapshot } from "../../protocol.ts";
import { post } from "../../webview/vscodeApi.ts";
import { changeDraft } from "../draft.ts";
import type { ChoiceOption } from "../shared/choice.ts";
import "../shared/choice.ts";
import { formStyle } from "../shared/formStyle.ts";
import { changeModel } from "./draftModel.ts";
import { shortModelName } from "./modelName.ts";
import { safetyLabels } from "./optionLabels.ts";

/** The option to leave a field to the settings. */
const settingsOption = (title: string): ChoiceOption => ({ value: "default", label: l10n.t("Default"), title });

/** The fields that are rarely needed: model and safety check. The others are in the settings. */
export class More extends LitElement {
  static override readonly properties = { snapshot: { attribute: false }, draft: { attribute: false } };
  declare snapshot: Snapshot;
  declare draft: DraftFields;

  static override readonly styles = [
    formStyle,
    css`
      .fields {
        display: flex;
        flex-wrap: wrap;
        gap: 10px 16px;
      }

      .settings {
        margin-top: 10px;
      }
    `,
  ];

  /** Puts the focus on one of its fields. */
  focusField(field: RequestField | undefined): void {
    this.renderRoot.querySelector<HTMLElement>(`[data-field="${field}"]`)?.focus();
  }

  #onSafety(name: string): void {
    changeDraft({ safety: safetyChoicesOf(this.snapshot.model).find((choice) => choice === name) });
  }

  #modelField() {
    const { models } = this.snapshot;
    return models.length < 2
      ? nothing
      : html`<div>
          <div class="label">${l10n.t("Model")}</div>
          <limn-choice
            data-field="model"
            label=${l10n.t("Model")}
            .options=${models.map((one) => ({
              value: one.id,
              label: shortModelName(one, models),
              title: `${one.name}: ${one.summary}`,
            }))}
            .value=${this.draft.model}
            @limn-choose=${({ detail }: CustomEvent<string>) => changeModel(this.snapshot, detail)}
          ></limn-choice>
        </div>`;
  }

  protected override render() {
    const choices = safetyChoicesOf(this.snapshot.model).map((value) => ({ value, ...safetyLabels[value] }));
    return html`
      <div class="fields">
        ${this.#modelField()}
        <div>
          <div class="label">${l10n.t("Safety check")}</div>
          <limn-choice
            data-field="safety.mode"
            label=${l10n.t("Safety check")}
            .options=${[settingsOption(l10n.t("Safety check as in the settings")), ...choices]}
            .value=${this.draft.safety ?? "default"}
            @limn-choose=${({ detail }: CustomEvent<string>) => this.#onSafety(detail)}
          ></limn-choice>
        </div>
      </div>
      <p class="note settings">
        <button type="button" class="link" @click=${() => post({ type: "command", command: "delivery" })}>
          ${l10n.t("Delivery Settings…")}
        </button>
      </p>
    `;
  }
}

customElements.define("limn-more", More);

declare global {
  interface HTMLElementTagNameMap {
    "limn-more": More;
  }
}
