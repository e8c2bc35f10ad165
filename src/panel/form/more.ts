import "@vscode-elements/elements/dist/vscode-icon/index.js";
import { css, html, LitElement, nothing } from "lit";
import type { DraftFields, Snapshot } from "../../protocol.ts";
import { changeDraft, isMoreOpen, setMoreOpen } from "../draft.ts";
import { post } from "../shared/vscodeApi.ts";
import type { ChoiceOption } from "./fields/choice.ts";
import "./fields/choice.ts";
import "./fields/count.ts";
import { formStyle } from "./formStyle.ts";

/** The choice to leave a field to the settings. */
const settingsOption = (title: string): ChoiceOption => ({ value: "default", label: "As set", title });

/** What the rarer values mean to a person. */
const safetyChoices = [
  { value: "off", label: "Off", title: "No safety check" },
  { value: "fast", label: "Fast", title: "Fast safety check" },
] as const satisfies readonly (ChoiceOption & { readonly value: DraftFields["safety"] })[];

const outputTypeLabels: Readonly<Record<string, Pick<ChoiceOption, "label" | "title">>> = {
  URL: { label: "URL", title: "As a link, fetched at once" },
  base64Data: { label: "Base64", title: "In the answer, as base64" },
  dataURI: { label: "Data URI", title: "In the answer, as a data URI" },
};

const deliveryMethodLabels: Readonly<Record<string, Pick<ChoiceOption, "label" | "title">>> = {
  async: { label: "Async", title: "Asks from time to time whether the pictures are there" },
  sync: { label: "Sync", title: "Keeps one request open until the pictures are there" },
};

const deliveryMethodOption = (value: string): ChoiceOption => ({ value, label: value, ...deliveryMethodLabels[value] });
const outputTypeOption = (value: string): ChoiceOption => ({ value, label: value, ...outputTypeLabels[value] });

/** A week: longer than anybody waits for a download. */
const maxTtlSeconds = 604_800;

/** The fold with the fields few people need. */
export class More extends LitElement {
  static override properties = { snapshot: { attribute: false }, draft: { attribute: false } };
  declare snapshot: Snapshot;
  declare draft: DraftFields;

  static override styles = [
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

  /** Opens the fold and puts the focus on one of its fields. */
  async focusField(field: string): Promise<void> {
    setMoreOpen(true);
    this.requestUpdate();
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>(`[data-field="${field}"]`)?.focus();
  }

  #onOutputType(name: string): void {
    const outputType = this.snapshot.model.outputTypes.find((one) => one === name);
    // A lifetime is about links, so it goes with no other kind of output.
    const supportsTtl = outputType === undefined || outputType === "URL";
    changeDraft(supportsTtl ? { outputType } : { outputType, ttl: undefined });
  }

  #onSafety(name: string): void {
    changeDraft({ safety: safetyChoices.find(({ value }) => value === name)?.value });
  }

  #ttlField() {
    const { ttlMinimum } = this.snapshot.model;
    const { ttl, outputType = "URL" } = this.draft;
    if (outputType !== "URL") {
      return nothing;
    }
    return html`<div>
      <div class="label">Links live for</div>
      <div class="inline">
        <limn-count
          data-field="ttl"
          label="Seconds the links live, 0 for as long as the service keeps them"
          .min=${0}
          .max=${maxTtlSeconds}
          .value=${ttl ?? 0}
          @limn-count=${({ detail }: CustomEvent<number>) => changeDraft({ ttl: detail === 0 ? undefined : detail })}
        ></limn-count>
        <p class=${ttl !== undefined && ttl < ttlMinimum ? "note error" : "note"}>
          ${ttl === undefined ? "0: as the service keeps them" : `seconds, at least ${ttlMinimum}`}
        </p>
      </div>
    </div>`;
  }

  override render() {
    const { model } = this.snapshot;
    return html`<details
      ?open=${isMoreOpen()}
      @toggle=${({ target }: Event) => target instanceof HTMLDetailsElement && setMoreOpen(target.open)}
    >
      <summary><vscode-icon name="chevron-right"></vscode-icon>More</summary>
      <div class="fields">
        <div>
          <div class="label">Safety check</div>
          <limn-choice
            data-field="safety.mode"
            label="Safety check"
            .options=${[settingsOption("Safety check as in the settings"), ...safetyChoices]}
            .value=${this.draft.safety ?? "default"}
            @limn-choose=${({ detail }: CustomEvent<string>) => this.#onSafety(detail)}
          ></limn-choice>
        </div>
        <div>
          <div class="label">Delivered as</div>
          <limn-choice
            data-field="outputType"
            label="Delivered as"
            .options=${[settingsOption("Delivered as in the settings"), ...model.outputTypes.map(outputTypeOption)]}
            .value=${this.draft.outputType ?? "default"}
            @limn-choose=${({ detail }: CustomEvent<string>) => this.#onOutputType(detail)}
          ></limn-choice>
        </div>
        <div>
          <div class="label">Delivery</div>
          <limn-choice
            data-field="deliveryMethod"
            label="Delivery"
            .options=${[settingsOption("Delivery as in the settings"), ...model.deliveryMethods.map(deliveryMethodOption)]}
            .value=${this.draft.deliveryMethod ?? "default"}
            @limn-choose=${({ detail }: CustomEvent<string>) =>
              changeDraft({ deliveryMethod: model.deliveryMethods.find((one) => one === detail) })}
          ></limn-choice>
        </div>
        ${this.#ttlField()}
      </div>
      <p class="note settings">
        In the settings:
        <button type="button" class="link" @click=${() => post({ type: "command", command: "delivery" })}>
          Delivery, Webhook and Upload Address…
        </button>
      </p>
    </details>`;
  }
}

customElements.define("limn-more", More);
