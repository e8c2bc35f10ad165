import type { ConfigurationScope } from "vscode";
import type { OutputFormat } from "../../core/models/model.ts";
import { formatOfName } from "../../core/pictures/pictureFormat.ts";
import type { RequestOptions } from "../../core/request/argumentRequest.ts";
import type { Request } from "../../core/request/request.ts";
import { readSafetySetting, type SafetyChoice, toSafety } from "../../core/request/safety.ts";
import { rawUserSetting, setting } from "../settings.ts";

/** The parts of a request that settings decide. */
export type RequestDefaults = RequestOptions;

/** The `safety` of a request for a choice: absent if it is off. */
export function safetyField(choice: SafetyChoice): Pick<Request, "safety"> {
  const safety = toSafety(choice);
  return safety === undefined ? {} : { safety };
}

/**
 * The format of the settings, for a folder. Each setting takes VS Code a while, and the panel reads
 * this one with every change.
 */
export const formatOfSettings = (scope?: ConfigurationScope): OutputFormat =>
  // The setting can hold any text, such as `constructor`.
  formatOfName(`.${setting("format", scope)}`) ?? "JPG";

/** The options of the settings, for a folder. An empty address and a lifetime of 0 are not sent. */
export function requestDefaults(scope?: ConfigurationScope): RequestDefaults {
  const [webhookURL, uploadEndpoint] = [setting("webhookURL").trim(), setting("uploadEndpoint").trim()];
  const [ttl, outputType] = [setting("ttl"), setting("outputType")];
  return {
    format: formatOfSettings(scope),
    quality: setting("quality", scope),
    outputType,
    deliveryMethod: setting("deliveryMethod"),
    ...safetyField(readSafetySetting(rawUserSetting("safety"))),
    // The lifetime is that of links, so it is not sent with another output type.
    ...(ttl > 0 && outputType === "URL" ? { ttl } : {}),
    ...(webhookURL === "" ? {} : { webhookURL }),
    ...(uploadEndpoint === "" ? {} : { uploadEndpoint }),
  };
}

/**
 * The given options, completed by those of the settings. The lifetime of the settings is that
 * of links, so it is not sent with another output type.
 */
export function requestOptions(
  scope: ConfigurationScope | undefined,
  overrides: { readonly [Key in keyof RequestDefaults]?: RequestDefaults[Key] | undefined },
): RequestDefaults {
  const { ttl: defaultTtl, ...defaults } = requestDefaults(scope);
  const ttl = (overrides.outputType ?? defaults.outputType) === "URL" ? defaultTtl : undefined;
  const definedOverrides = Object.fromEntries(Object.entries(overrides).filter(([, value]) => value !== undefined));
  return { ...defaults, ...(ttl === undefined ? {} : { ttl }), ...definedOverrides };
}
