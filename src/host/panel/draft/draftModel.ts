import { modelOf } from "../../../core/models/findModel.ts";
import type { Family, Model } from "../../../core/models/model.ts";
import type { DraftFields } from "../../../protocol.ts";
import { modelToBuyFrom } from "../../request/modelSetting.ts";

/** The draft's model, or that of the settings; throws a `LimnError` for an unknown id. */
export const modelOfDraft = (family: Family, { model }: DraftFields): Model =>
  model === undefined ? modelToBuyFrom(family) : modelOf(family, model);
