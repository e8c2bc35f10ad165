import { l10n } from "vscode";
import { formatSize } from "../../core/models/size.ts";
import { estimateCost } from "../../core/money/price.ts";
import type { Shape } from "../../core/request/request.ts";
import { expectedPrice } from "../money/sandboxPrice.ts";
import type { FlowDraft } from "./flowDraft.ts";

/** The part of a draft that its price depends on. */
type PricedDraft = Pick<FlowDraft, "model" | "shape" | "count">;

/** What all pictures of the draft are expected to cost, in words. */
export const priceOfDraft = ({ model, shape = "like-reference", count }: PricedDraft): string =>
  expectedPrice(estimateCost(model, shape, count));

function sizeText(shape: Shape): string {
  if (shape === "like-reference") {
    return l10n.t("like the reference");
  }
  return "resolution" in shape ? l10n.t("{0} like the reference", shape.resolution.toUpperCase()) : formatSize(shape);
}

/** What Enter buys at the last step: number, price, size and model. */
export function purchaseText(draft: PricedDraft): string {
  const { model, shape = "like-reference", count } = draft;
  const price = priceOfDraft(draft);
  return count === 1
    ? l10n.t("Enter generates 1 picture, {0} ({1}, {2})", price, sizeText(shape), model.name)
    : l10n.t("Enter generates {0} pictures, {1} ({2}, {3})", count, price, sizeText(shape), model.name);
}

/** What Enter makes at the last step: a purchase, or a free draft image. */
export const resultText = (draft: FlowDraft): string =>
  draft.makes === "picture"
    ? purchaseText(draft)
    : l10n.t("Enter makes a free draft ({0})", sizeText(draft.shape ?? "like-reference"));
