import { l10n } from "vscode";
import { LimnError } from "../core/errors.ts";
import type { Request } from "../core/request.ts";
import { sentences } from "../core/sentences.ts";
import { type RequestDefaults, requestDefaults } from "./defaults.ts";
import type { Settings } from "./settings.ts";

/** The fields of a request that settings decide where nobody else does. */
const settingOf: { readonly [Field in keyof RequestDefaults]?: keyof Settings } = {
  quality: "quality",
  format: "format",
  outputType: "outputType",
  deliveryMethod: "deliveryMethod",
  ttl: "ttl",
  webhookURL: "webhookURL",
  uploadEndpoint: "uploadEndpoint",
};

const isField = (field: string): field is keyof RequestDefaults => Object.hasOwn(settingOf, field);

function named(error: LimnError, ...keys: readonly (keyof Settings)[]): LimnError {
  const settings = keys.map((key) => `“limn.${key}”`).join(l10n.t(" or "));
  const { kind, message, billed, field, code } = error;
  return new LimnError(kind, sentences(message, l10n.t("It comes from the setting {0}: correct it there", settings)), {
    ...{ billed, isOfSettings: true, cause: error },
    ...(field === undefined ? {} : { field }),
    ...(code === undefined ? {} : { code }),
  });
}

/**
 * Does what reads a place to save from the settings. A fault names them: they may be a repository's, which the user has never seen.
 *
 * @param isSet whether the place comes from the settings.
 */
export async function namingFolder<Result>(isSet: boolean, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw isSet && error instanceof LimnError ? named(error, "folder", "fileName") : error;
  }
}

/** The error, with the setting that the field it is about has its value from. */
export function namingSetting(error: unknown, request: Request, scope: Parameters<typeof requestDefaults>[0]): unknown {
  if (!(error instanceof LimnError) || error.field === undefined || !isField(error.field)) {
    return error;
  }
  const key = settingOf[error.field];
  return key !== undefined && requestDefaults(scope)[error.field] === request[error.field] ? named(error, key) : error;
}
