import * as l10n from "@vscode/l10n";
import { css, html, LitElement, nothing, svg } from "lit";
import type { Tier } from "../../../core/models/model.ts";
import { ratioUses } from "../../../core/models/ratioUses.ts";
import { nearestSize } from "../../../core/models/size.ts";
import type { DraftFields, ModelView, Snapshot } from "../../../protocol.ts";
import { changeDraft } from "../../draft.ts";
import "../../shared/choice.ts";
import { formStyle } from "../../shared/formStyle.ts";
import {
  type AspectRatio,
  aspectRatiosOf,
  effectiveRatio,
  effectiveShape,
  effectiveTier,
  hasReferences,
  likeReference,
  type Shape,
  shapeOf,
  type TierChoice,
  tiersOfRatio,
} from "./shape.ts";
import { centredShape, scaled } from "./shapeDrawing.ts";

/** Side of a chip's drawing and of the longest shape in it, in CSS pixels. */
const iconSize = 20;
const longestSide = 18;

/** The name of an aspect ratio, and what it is good for. */
function ratioTitle(name: string): string {
  const use = ratioUses()[name];
  return use === undefined ? name : `${name}: ${use}`;
}

const tierTitles = {
  "1k": () => l10n.t("1K: about one megapixel"),
  "2k": () => l10n.t("2K: about four megapixels"),
  "4k": () => l10n.t("4K: about sixteen megapixels"),
} as const satisfies Readonly<Record<Tier, () => string>>;

const tierOption = (tier: Tier) => ({ value: tier, label: tier.toUpperCase(), title: tierTitles[tier]() });

/** The tiers to choose from; with the shape of the reference, the service can choose as well. */
const tierOptions = (model: ModelView, ratio: string | undefined) =>
  ratio === likeReference
    ? [
        ...model.resolutions.map(tierOption),
        {
          value: "auto",
          label: l10n.t("Auto"),
          title: l10n.t("Auto: the service chooses the size from the references"),
        },
      ]
    : tiersOfRatio(model, ratio).map(tierOption);

function ratioIcon(ratio: Pick<AspectRatio, "width" | "height">) {
  const shape = scaled(ratio, longestSide / Math.max(ratio.width, ratio.height));
  return html`<svg width=${iconSize} height=${iconSize} aria-hidden="true">
    ${centredShape({ width: iconSize, height: iconSize }, shape)}
  </svg>`;
}

const referenceIcon = html`<svg width="20" height="20" aria-hidden="true">
  ${svg`<rect x="1.5" y="3.5" width="17" height="13" rx="1.5" fill="none" stroke="currentColor" stroke-width="1.2"
    stroke-dasharray="2.5 2"/><path d="M3.5 14 8 9l3.5 3.5L14 10l2.5 4Z" fill="currentColor" fill-opacity="0.45"/>`}
</svg>`;

/** The shape of the pictures: aspect ratio and tier, or that of the first reference. */
export class ShapeField extends LitElement {
  static override readonly properties = { snapshot: { attribute: false }, draft: { attribute: false } };
  declare snapshot: Snapshot;
  declare draft: DraftFields;

  static override readonly styles = [
    formStyle,
    css`
      .foot {
        align-items: center;
        display: flex;
        flex-wrap: wrap;
        gap: 4px 8px;
        margin-top: 6px;
      }

      .foot .note {
        margin: 0;
      }

      .pixels {
        font-variant-numeric: tabular-nums;
      }
    `,
  ];

  override focus(): void {
    this.renderRoot.querySelector<HTMLElement>("limn-choice")?.focus();
  }

  #onPick(ratio: string | undefined, tier: TierChoice): void {
    changeDraft({ shape: shapeOf(this.snapshot.model, ratio, tier) });
  }

  #options() {
    const { model, draft: draftView } = this.snapshot;
    const ratios = aspectRatiosOf(model).map(({ name, ...pixels }) => ({
      value: name,
      label: name,
      title: ratioTitle(name),
      icon: ratioIcon(pixels),
    }));
    const likeReferenceOption = { value: likeReference, label: l10n.t("Like the reference"), icon: referenceIcon };
    return hasReferences(draftView) && !model.isSizeRequired ? [likeReferenceOption, ...ratios] : ratios;
  }

  #sizeText(shape: Shape | undefined) {
    const { model, draft } = this.snapshot;
    const reference = draft.references[0]?.file;
    const nearest = reference && nearestSize(model, reference);
    if (shape === undefined) {
      return this.draft.shape === undefined ? nothing : l10n.t("no size chosen");
    }
    if (shape === "like-reference") {
      return l10n.t("as the service chooses from the references");
    }
    if ("resolution" in shape) {
      return l10n.t("{0}, shape of the first reference", shape.resolution.toUpperCase());
    }
    const isNearest = nearest?.width === shape.width && nearest.height === shape.height;
    return html`<span class="pixels">${shape.width} × ${shape.height}</span> px${isNearest ? html` · ${l10n.t("nearest to the reference")}` : nothing}`;
  }

  protected override render() {
    const { model, draft: draftView } = this.snapshot;
    const shape = effectiveShape(model, this.draft, draftView);
    const ratio = effectiveRatio(model, shape);
    const tier = effectiveTier(model, shape);
    return html`
      <div class="label">${l10n.t("Shape")}</div>
      <limn-choice
        layout="chips"
        label=${l10n.t("Aspect ratio")}
        .options=${this.#options()}
        .value=${ratio}
        @limn-choose=${({ detail }: CustomEvent<string>) => this.#onPick(detail, tier)}
      ></limn-choice>
      <div class="foot">
        <limn-choice
          label=${l10n.t("Resolution")}
          .options=${tierOptions(model, ratio)}
          .value=${ratio === undefined ? undefined : tier}
          @limn-choose=${({ detail }: CustomEvent<TierChoice>) => this.#onPick(ratio, detail)}
        ></limn-choice>
        <p class="note" aria-live="polite">${this.#sizeText(shape)}</p>
      </div>
    `;
  }
}

customElements.define("limn-shape-field", ShapeField);

declare global {
  interface HTMLElementTagNameMap {
    "limn-shape-field": ShapeField;
  }
}
