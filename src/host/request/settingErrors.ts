import { l10n } from "vscode";
import { LimnError } from "../../core/errors.ts";
import type { Request } from "../../core/request/request.ts";
import { joinSentences } from "../../core/text/sentences.ts";
import type { Settings } from "../settings.ts";
import { orList } from "../ui/lists.ts";
import { type RequestDefaults, requestDefaults } from "./requestDefaults.ts";

/** The fields of a request that take their value from settings if nothing else sets it. */
const settingOf: { readonly [Field in keyof RequestDefaults]?: keyof Settings } = {
  quality: "quality",
  format: "format",
  outputType: "outputType",
  deliveryMethod: "deliveryMethod",
  ttl: "ttl",
  webhookURL: "webhookURL",
  uploadEndpoint: "uploadEndpoint",
};

const isSettingField = (field: string): field is keyof RequestDefaults => Object.hasOwn(settingOf, field);

function errorWithSettings(error: LimnError, ...keys: readonly (keyof Settings)[]): LimnError {
  const settings = orList(keys.map((key) => `“limn.${key}”`));
  const { kind, message, billed, mentionsBilling, field, code } = error;
  return new LimnError(
    kind,
    joinSentences(message, l10n.t("It comes from the setting {0}: correct it there", settings)),
    {
      billed,
      mentionsBilling,
      isSettingsError: true,
      cause: error,
      ...(field === undefined ? {} : { field }),
      ...(code === undefined ? {} : { code }),
    },
  );
}

/**
 * Calls a function that reads a save location from the settings. An error names the settings,
 * because the user may never have seen those of a repository.
 *
 * @param isFromSettings whether the location comes from the settings.
 */
export async function addFolderSettingsToErrors<Result>(
  isFromSettings: boolean,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw isFromSettings && error instanceof LimnError ? errorWithSettings(error, "folder", "fileName") : error;
  }
}

/** Adds to an error the setting that the value of its field comes from. */
export function addSettingToError(
  error: unknown,
  request: Request,
  scope: Parameters<typeof requestDefaults>[0],
): unknown {
  if (!(error instanceof LimnError) || error.field === undefined || !isSettingField(error.field)) {
    return error;
  }
  const key = settingOf[error.field];
  return key !== undefined && requestDefaults(scope)[error.field] === request[error.field]
    ? errorWithSettings(error, key)
    : error;
}
