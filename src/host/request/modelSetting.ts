import { findModel } from "../../core/models/findModel.ts";
import type { Family, Model } from "../../core/models/model.ts";
import { setting } from "../settings.ts";

/** The model of the settings; the default model if the setting names none that Limn knows. */
export const modelFromSettings = (family: Family): Model => findModel(family, setting("model")) ?? family[0];
