import { l10n } from "vscode";
import { LimnError } from "../../core/errors.ts";
import { findModel } from "../../core/models/findModel.ts";
import type { Family, Model } from "../../core/models/model.ts";
import { shownName } from "../../core/text/shownName.ts";
import { rawUserSetting, settingText } from "../settings.ts";

/**
 * The id in the setting. VS Code does not check settings files, so it may be any value: one of
 * another type is no known id either, and must not be taken for the default model.
 */
const idOfSettings = (): string => settingText(rawUserSetting("model"));

/** The model of the settings; throws a `LimnError` if Limn does not know it. */
export function modelToBuyFrom(family: Family): Model {
  const id = idOfSettings();
  const model = findModel(family, id);
  if (model === undefined) {
    throw new LimnError(
      "input",
      l10n.t("Limn does not know the model “{0}” of the setting “limn.model”. Correct the setting.", shownName(id)),
      { field: "model", isSettingsError: true },
    );
  }
  return model;
}

/** The id in the setting if Limn does not know it. */
export function unknownModelOfSettings(family: Family): string | undefined {
  const id = idOfSettings();
  return findModel(family, id) === undefined ? id : undefined;
}

/** The model of the settings, to show; the default model if the setting names an unknown one. */
export const modelFromSettings = (family: Family): Model => findModel(family, idOfSettings()) ?? family[0];
