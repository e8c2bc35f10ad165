import { l10n } from "vscode";
import { LimnError } from "../../core/errors.ts";
import { findModel } from "../../core/models/findModel.ts";
import type { Family, Model } from "../../core/models/model.ts";
import { shownModelId } from "../../core/models/shownModelId.ts";
import { setting } from "../settings.ts";

/** The model of the settings; throws a `LimnError` if Limn does not know it. */
export function modelToBuyFrom(family: Family): Model {
  const id = setting("model");
  const model = findModel(family, id);
  if (model === undefined) {
    throw new LimnError(
      "input",
      l10n.t("Limn does not know the model “{0}” of the setting “limn.model”. Correct the setting.", shownModelId(id)),
      { field: "model", isSettingsError: true },
    );
  }
  return model;
}

/** The id in the setting if Limn does not know it. */
export function unknownModelOfSettings(family: Family): string | undefined {
  const id = setting("model");
  return findModel(family, id) === undefined ? id : undefined;
}

/** The model of the settings, to show; the default model if the setting names an unknown one. */
export const modelFromSettings = (family: Family): Model => findModel(family, setting("model")) ?? family[0];
