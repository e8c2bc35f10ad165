import * as l10n from "@vscode/l10n";
import type { Model } from "../models/model.ts";
import { findSize, formatSize, nearestSize } from "../models/size.ts";
import { countCharacters } from "../text/characters.ts";
import { cleanPrompt } from "../text/promptText.ts";
import { quotedList } from "../text/sentences.ts";
import { isUuidV4 } from "../uuid.ts";
import type { RequestField } from "./requestFields.ts";
import type { Task } from "./task.ts";

/** A broken rule of the model, found before the request is sent. */
export interface Problem {
  readonly field: RequestField;
  /** A sentence: what is wrong and what is possible. */
  readonly message: string;
}

/** A task that is not checked yet: every key may be missing. */
export type PartialTask = Partial<Task>;

const base64 = /^[A-Za-z0-9+/]{16,}={0,2}$/;

function isWebAddress(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}

/** Whether the text has one of the four forms of a reference: UUID, URL, data URI, base64. */
const isReference = (text: string): boolean =>
  /^data:image\/[a-z+.-]+;base64,/i.test(text) || isUuidV4(text) || isWebAddress(text) || base64.test(text);

const isWholeNumber = (value: number, min: number, max = Number.MAX_SAFE_INTEGER): boolean =>
  Number.isInteger(value) && value >= min && value <= max;

/** A rule returns the problem that it finds, or `undefined`. */
type Rule = (task: PartialTask, model: Model) => Problem | undefined;

const problemIf = (isBroken: boolean, field: RequestField, message: string): Problem | undefined =>
  isBroken ? { field, message } : undefined;

const promptRule: Rule = ({ positivePrompt: prompt = "" }, { promptMinimum, promptLimit }) => {
  const length = countCharacters(prompt);
  return (
    problemIf(
      cleanPrompt(prompt) === "",
      "prompt",
      l10n.t("The prompt is empty. Write what the picture should show."),
    ) ??
    problemIf(
      cleanPrompt(prompt) !== prompt.trim(),
      "prompt",
      l10n.t("The prompt contains characters that cannot be sent, such as control characters. Type it again."),
    ) ??
    problemIf(
      countCharacters(prompt.trim()) < promptMinimum,
      "prompt",
      l10n.t("The prompt is too short: at least {0} characters are needed.", promptMinimum),
    ) ??
    problemIf(
      length > promptLimit,
      "prompt",
      l10n.t("The prompt has {0} characters; at most {1} are allowed.", length, promptLimit),
    )
  );
};

const sizePairRule: Rule = ({ width, height }) =>
  problemIf(
    (width === undefined) !== (height === undefined),
    "size",
    l10n.t("Width and height must be given together."),
  );

const sizeRule: Rule = ({ width, height }, model) => {
  if (width === undefined || height === undefined || findSize(model, { width, height }) !== undefined) {
    return undefined;
  }
  const size = formatSize({ width, height });
  const message =
    width > 0 && height > 0
      ? l10n.t(
          "{0} cannot make {1} pixels. The nearest is {2}.",
          model.name,
          size,
          formatSize(nearestSize(model, { width, height })),
        )
      : l10n.t("{0} cannot make {1} pixels.", model.name, size);
  return { field: "size", message };
};

const resolutionRule: Rule = ({ resolution, width, height, inputs }, { name, resolutions }) =>
  resolution === undefined
    ? undefined
    : (problemIf(
        resolutions.length === 0,
        "resolution",
        l10n.t("{0} cannot follow the shape of a reference image. Choose a size instead.", name),
      ) ??
      problemIf(
        !resolutions.includes(resolution),
        "resolution",
        l10n.t("The resolution must be one of {0}.", quotedList(resolutions)),
      ) ??
      problemIf(
        width !== undefined || height !== undefined,
        "resolution",
        l10n.t("A resolution cannot be combined with width and height. Choose one of them."),
      ) ??
      problemIf(
        (inputs?.referenceImages ?? []).length === 0,
        "resolution",
        l10n.t("A resolution takes its shape from a reference image, and there is none. Choose a size instead."),
      ));

const sizeRequiredRule: Rule = ({ width, height, resolution, inputs }, { name, isSizeRequired }) =>
  [width, height, resolution].some((given) => given !== undefined)
    ? undefined
    : (problemIf(isSizeRequired, "size", l10n.t("{0} needs a size. Choose one.", name)) ??
      problemIf(
        (inputs?.referenceImages ?? []).length === 0,
        "size",
        l10n.t("Choose a size, or add a reference image."),
      ));

const referencesRule: Rule = ({ inputs }, { references: { max, maxBytes } }) => {
  const images = inputs?.referenceImages ?? [];
  // Base64 uses four characters for three bytes.
  const tooLarge = images.findIndex((image) => image.startsWith("data:") && image.length * 0.75 > maxBytes);
  const invalid = images.findIndex((image) => !isReference(image));
  return (
    problemIf(
      images.length > max,
      "references",
      l10n.t("There are {0} reference images; at most {1} can be sent.", images.length, max),
    ) ??
    problemIf(
      invalid >= 0,
      "references",
      l10n.t("Reference image {0} is not a UUID, a web address, a data URI or base64.", invalid + 1),
    ) ??
    problemIf(
      new Set(images).size < images.length,
      "references",
      l10n.t("The same reference image is there twice. Remove one of them."),
    ) ??
    problemIf(
      tooLarge >= 0,
      "references",
      l10n.t("Reference image {0} is larger than {1} MB. Use a smaller one.", tooLarge + 1, maxBytes / 1e6),
    )
  );
};

const countRule: Rule = ({ numberResults }, { results: { min, max } }) =>
  problemIf(
    numberResults !== undefined && !isWholeNumber(numberResults, min, max),
    "count",
    l10n.t("The number of pictures must be a whole number from {0} to {1}.", min, max),
  );

const qualityRule: Rule = ({ outputQuality }, { quality: { min, max } }) =>
  problemIf(
    outputQuality !== undefined && !isWholeNumber(outputQuality, min, max),
    "quality",
    l10n.t("The quality must be a whole number from {0} to {1}.", min, max),
  );

const ttlRule: Rule = ({ ttl, outputType = "URL" }, { ttlMinimum }) =>
  problemIf(
    ttl !== undefined && !isWholeNumber(ttl, ttlMinimum),
    "ttl",
    l10n.t("The lifetime of links must be a whole number of at least {0} seconds.", ttlMinimum),
  ) ??
  problemIf(
    ttl !== undefined && outputType !== "URL",
    "ttl",
    l10n.t("A lifetime of links needs the output type “URL”."),
  );

/** A rule for a key that accepts one of a few values. */
const choiceRule =
  (
    field: RequestField,
    read: (task: PartialTask) => string | undefined,
    allowed: (model: Model) => readonly string[],
    sentence: (choices: string) => string,
  ): Rule =>
  (task, model) => {
    const value = read(task);
    const isBroken = value !== undefined && !allowed(model).includes(value);
    return problemIf(isBroken, field, sentence(quotedList(allowed(model))));
  };

/** A rule for a key that accepts a web address. */
const addressRule =
  (field: "webhookURL" | "uploadEndpoint", sentence: () => string): Rule =>
  ({ [field]: address }) =>
    problemIf(address !== undefined && !isWebAddress(address), field, sentence());

const taskRules: readonly Rule[] = [
  ({ taskUUID = "" }) => problemIf(!isUuidV4(taskUUID), "taskUUID", l10n.t("The task needs its own UUID v4.")),
  promptRule,
  sizePairRule,
  sizeRule,
  resolutionRule,
  sizeRequiredRule,
  referencesRule,
  countRule,
  qualityRule,
  ttlRule,
  choiceRule(
    "format",
    (task) => task.outputFormat,
    (model) => model.formats,
    (choices) => l10n.t("The format must be one of {0}.", choices),
  ),
  choiceRule(
    "outputType",
    (task) => task.outputType,
    (model) => model.outputTypes,
    (choices) => l10n.t("The output type must be one of {0}.", choices),
  ),
  choiceRule(
    "deliveryMethod",
    (task) => task.deliveryMethod,
    (model) => model.deliveryMethods,
    (choices) => l10n.t("The delivery method must be one of {0}.", choices),
  ),
  choiceRule(
    "safety.mode",
    (task) => task.safety?.mode,
    (model) => model.safetyModes,
    (choices) => l10n.t("The safety mode must be one of {0}.", choices),
  ),
  addressRule("webhookURL", () => l10n.t("The webhook must be a complete http or https address.")),
  addressRule("uploadEndpoint", () => l10n.t("The upload endpoint must be a complete http or https address.")),
];

/** The model's rules that the task breaks, one sentence for each; empty if it may be sent. */
export const checkTask = (task: PartialTask, model: Model): Problem[] =>
  taskRules.flatMap((rule) => rule(task, model) ?? []);
