import type { ConfigurationScope } from "vscode";
import { formatOfName } from "../core/input.ts";
import type { Request } from "../core/request.ts";
import { readSafety, type SafetyChoice, safetyOf } from "../core/safety.ts";
import { setting, settingAsItStands } from "./settings.ts";

/** The parts of a request that settings decide. */
export type RequestDefaults = Omit<Request, "prompt" | "references" | "shape" | "count">;

/** A choice as a part of a request: off is no part at all. */
export function safetyPart(choice: SafetyChoice): Pick<Request, "safety"> {
  const safety = safetyOf(choice);
  return safety === undefined ? {} : { safety };
}

/** What the settings say, for a folder. Empty addresses and a lifetime of 0 mean that nothing is sent. */
export function requestDefaults(scope?: ConfigurationScope): RequestDefaults {
  const [webhookURL, uploadEndpoint] = [setting("webhookURL").trim(), setting("uploadEndpoint").trim()];
  const [ttl, outputType] = [setting("ttl"), setting("outputType")];
  return {
    // A name that only looks like one of the formats, such as `constructor`, is none.
    format: formatOfName(`.${setting("format", scope)}`) ?? "JPG",
    quality: setting("quality", scope),
    outputType,
    deliveryMethod: setting("deliveryMethod"),
    ...safetyPart(readSafety(settingAsItStands("safety"))),
    // The lifetime is about links, so it goes with no other kind of output.
    ...(ttl > 0 && outputType === "URL" ? { ttl } : {}),
    ...(webhookURL === "" ? {} : { webhookURL }),
    ...(uploadEndpoint === "" ? {} : { uploadEndpoint }),
  };
}

/** What was asked for, and what the settings say of the rest. The lifetime that is set is about links, so other output does without. */
export function requestOptions(
  scope: ConfigurationScope | undefined,
  given: { readonly [Key in keyof RequestDefaults]?: RequestDefaults[Key] | undefined },
): RequestDefaults {
  const { ttl: usualTtl, ...defaults } = requestDefaults(scope);
  const ttl = (given.outputType ?? defaults.outputType) === "URL" ? usualTtl : undefined;
  const said = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  return { ...defaults, ...(ttl === undefined ? {} : { ttl }), ...said };
}
