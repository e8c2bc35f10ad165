import { l10n } from "vscode";
import { LimnError } from "../../core/errors.ts";
import { shownName } from "../../core/text/shownName.ts";
import { rawUserSetting, type Settings, settingText } from "../settings.ts";

type EngineName = Settings["engine"];

const isEngineName = (value: unknown): value is EngineName => value === "runware" || value === "sandbox";

/**
 * The engine of the settings. A settings file can hold any value, and an invalid one must not count
 * as Runware, which costs money.
 * @throws LimnError that names the setting and its valid values.
 */
export function engineToUse(): EngineName {
  const value = rawUserSetting("engine");
  if (!isEngineName(value)) {
    throw new LimnError(
      "input",
      l10n.t(
        "Limn does not know the engine “{0}” of the setting “limn.engine”, so nothing was sent. Set it to “runware” or to “sandbox”.",
        shownName(settingText(value)),
      ),
      { isSettingsError: true },
    );
  }
  return value;
}

/** The engine of the settings as a text, if it is invalid. */
export function invalidEngine(): string | undefined {
  const value = rawUserSetting("engine");
  return isEngineName(value) ? undefined : shownName(settingText(value));
}

/**
 * The engine of the settings, for display: an invalid one counts as Runware, so that prices are
 * shown. A purchase reports the error.
 */
export function engineToShow(): EngineName {
  const value = rawUserSetting("engine");
  return isEngineName(value) ? value : "runware";
}
