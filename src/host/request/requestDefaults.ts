import type { ConfigurationScope } from "vscode";
import { formatOfName } from "../../core/pictures/pictureFormat.ts";
import type { Request } from "../../core/request/request.ts";
import { readSafetySetting, type SafetyChoice, toSafety } from "../../core/request/safety.ts";
import { rawUserSetting, setting } from "../settings.ts";

/** The parts of a request that settings decide. */
export type RequestDefaults = Omit<Request, "prompt" | "references" | "shape" | "count">;

/** A choice as a part of a request: off is no part at all. */
export function safetyField(choice: SafetyChoice): Pick<Request, "safety"> {
  const safety = toSafety(choice);
  return safety === undefined ? {} : { safety };
}

/**
 * What the settings say, for a folder. Empty addresses and a lifetime of 0 mean that nothing is
 * sent.
 */
export function requestDefaults(scope?: ConfigurationScope): RequestDefaults {
  const [webhookURL, uploadEndpoint] = [setting("webhookURL").trim(), setting("uploadEndpoint").trim()];
  const [ttl, outputType] = [setting("ttl"), setting("outputType")];
  return {
    // A name that only looks like one of the formats, such as `constructor`, is none.
    format: formatOfName(`.${setting("format", scope)}`) ?? "JPG",
    quality: setting("quality", scope),
    outputType,
    deliveryMethod: setting("deliveryMethod"),
    ...safetyField(readSafetySetting(rawUserSetting("safety"))),
    // The lifetime is about links, so it goes with no other kind of output.
    ...(ttl > 0 && outputType === "URL" ? { ttl } : {}),
    ...(webhookURL === "" ? {} : { webhookURL }),
    ...(uploadEndpoint === "" ? {} : { uploadEndpoint }),
  };
}

/**
 * What was asked for, and what the settings say of the rest. The lifetime that is set is about
 * links, so other output does without.
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
