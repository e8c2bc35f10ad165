import { findModel, modelOf } from "../../../core/models/findModel.ts";
import type { Family, Model } from "../../../core/models/model.ts";
import type { DraftFields } from "../../../protocol.ts";
import { modelFromSettings, modelToBuyFrom } from "../../request/modelSetting.ts";

/** The draft's model, or that of the settings; throws a `LimnError` for an unknown id. */
export const modelOfDraft = (family: Family, { model }: DraftFields): Model =>
  model === undefined ? modelToBuyFrom(family) : modelOf(family, model);

/**
 * The model that the form shows for the draft. An unknown one is replaced, because the form itself
 * states that problem; nothing is bought from the replacement.
 */
export const shownModelOf = (family: Family, { model }: DraftFields): Model =>
  (model === undefined ? undefined : findModel(family, model)) ?? modelFromSettings(family);
