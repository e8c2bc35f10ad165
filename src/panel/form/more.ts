import * as l10n from "@vscode/l10n";
import "@vscode-elements/elements/dist/vscode-icon/index.js";
import { css, html, LitElement, nothing } from "lit";
import type { RequestField } from "../../core/request/requestFields.ts";
import { safetyChoicesOf } from "../../core/request/safety.ts";
import type { DraftFields, Snapshot } from "../../protocol.ts";
import { post } from "../../webview/vscodeApi.ts";
import { changeDraft, isMoreOpen, setMoreOpen } from "../draft.ts";
import type { ChoiceOption } from "../shared/choice.ts";
import "../shared/choice.ts";
import "../shared/numberField.ts";
import { formStyle } from "../shared/formStyle.ts";
import { changeModel } from "./draftModel.ts";
import { shortModelName } from "./modelName.ts";
import { deliveryMethodLabels, outputTypeLabels, safetyLabels } from "./optionLabels.ts";

/** The option to leave a field to the settings. */
const settingsOption = (title: string): ChoiceOption => ({ value: "default", label: l10n.t("As set"), title });

/** An option for each value, with its label. */
const optionsOf = <Value extends string>(
  values: readonly Value[],
  labels: Readonly<Record<Value, Pick<ChoiceOption, "label" | "title">>>,
): readonly ChoiceOption[] => values.map((value) => ({ value, ...labels[value] }));

/** A week. */
const maxTtlSeconds = 604_800;

/** The section with the fields that are rarely needed. */
export class More extends LitElement {
  static override readonly properties = { snapshot: { attribute: false }, draft: { attribute: false } };
  declare snapshot: Snapshot;
  declare draft: DraftFields;

  static override readonly styles = [
    formStyle,
    css`
      summary {
        align-items: center;
        cursor: pointer;
        display: flex;
        font-size: 12px;
        font-weight: 600;
        gap: 2px;
        line-height: 22px;
        list-style: none;
        margin-inline-start: -4px;
        width: fit-content;
      }

      details[open] vscode-icon {
        transform: rotate(90deg);
      }

      .fields {
        display: flex;
        flex-wrap: wrap;
        gap: 10px 16px;
        padding: 4px 0 0;
      }

      .inline {
        align-items: center;
        display: flex;
        gap: 6px;
      }

      .note {
        margin: 0;
      }

      .settings {
        margin-top: 10px;
      }
    `,
  ];

  /** Opens the section and focuses one of its fields. */
  async focusField(field: RequestField | undefined): Promise<void> {
    setMoreOpen(true);
    this.requestUpdate();
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>(`[data-field="${field}"]`)?.focus();
  }

  #onOutputType(name: string): void {
    const outputType = this.snapshot.model.outputTypes.find((one) => one === name);
    // Only links have a lifetime.
    const supportsTtl = (outputType ?? this.snapshot.draft.defaults.outputType) === "URL";
    changeDraft(supportsTtl ? { outputType } : { outputType, ttl: undefined });
  }

  #onSafety(name: string): void {
    changeDraft({ safety: safetyChoicesOf(this.snapshot.model).find((choice) => choice === name) });
  }

  #ttlField() {
    const { ttlMinimum } = this.snapshot.model;
    const { defaults } = this.snapshot.draft;
    const { ttl = 0, outputType = defaults.outputType } = this.draft;
    if (outputType !== "URL") {
      return nothing;
    }
    return html`<div>
      <div class="label">${l10n.t("Links live for")}</div>
      <div class="inline">
        <limn-number-field
          data-field="ttl"
          label=${l10n.t("Seconds the links live, 0 for as long as the service keeps them")}
          .min=${0}
          .max=${maxTtlSeconds}
          .value=${ttl}
          @limn-number=${({ detail }: CustomEvent<number>) => changeDraft({ ttl: detail === defaults.ttl ? undefined : detail })}
        ></limn-number-field>
        <p class=${ttl !== 0 && ttl < ttlMinimum ? "note error" : "note"}>
          ${ttl === 0 ? l10n.t("0: as the service keeps them") : l10n.t("seconds, at least {0}", ttlMinimum)}
        </p>
      </div>
    </div>`;
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
    const { model } = this.snapshot;
    return html`<details
      ?open=${isMoreOpen()}
      @toggle=${({ target }: Event) => target instanceof HTMLDetailsElement && setMoreOpen(target.open)}
    >
      <summary><vscode-icon name="chevron-right"></vscode-icon>${l10n.t("More")}</summary>
      <div class="fields">
        ${this.#modelField()}
        <div>
          <div class="label">${l10n.t("Safety check")}</div>
          <limn-choice
            data-field="safety.mode"
            label=${l10n.t("Safety check")}
            .options=${[settingsOption(l10n.t("Safety check as in the settings")), ...optionsOf(safetyChoicesOf(model), safetyLabels)]}
            .value=${this.draft.safety ?? "default"}
            @limn-choose=${({ detail }: CustomEvent<string>) => this.#onSafety(detail)}
          ></limn-choice>
        </div>
        <div>
          <div class="label">${l10n.t("Delivered as")}</div>
          <limn-choice
            data-field="outputType"
            label=${l10n.t("Delivered as")}
            .options=${[settingsOption(l10n.t("Delivered as in the settings")), ...optionsOf(model.outputTypes, outputTypeLabels)]}
            .value=${this.draft.outputType ?? "default"}
            @limn-choose=${({ detail }: CustomEvent<string>) => this.#onOutputType(detail)}
          ></limn-choice>
        </div>
        <div>
          <div class="label">${l10n.t("Delivery")}</div>
          <limn-choice
            data-field="deliveryMethod"
            label=${l10n.t("Delivery")}
            .options=${[settingsOption(l10n.t("Delivery as in the settings")), ...optionsOf(model.deliveryMethods, deliveryMethodLabels)]}
            .value=${this.draft.deliveryMethod ?? "default"}
            @limn-choose=${({ detail }: CustomEvent<string>) =>
              changeDraft({ deliveryMethod: model.deliveryMethods.find((one) => one === detail) })}
          ></limn-choice>
        </div>
        ${this.#ttlField()}
      </div>
      <p class="note settings">
        ${l10n.t("In the settings:")}
        <button type="button" class="link" @click=${() => post({ type: "command", command: "delivery" })}>
          ${l10n.t("Delivery, Webhook and Upload Address…")}
        </button>
      </p>
    </details>`;
  }
}

customElements.define("limn-more", More);

declare global {
  interface HTMLElementTagNameMap {
    "limn-more": More;
  }
}
