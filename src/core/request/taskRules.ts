import type { Model } from "../models/model.ts";
import { findSize, formatSize, nearestSize } from "../models/size.ts";
import { countCharacters } from "../text/characters.ts";
import { cleanPrompt } from "../text/promptText.ts";
import { isUuidV4 } from "../uuid.ts";
import type { Task } from "./task.ts";

/** Something a request must not be, found before it is sent. */
export interface Problem {
  /** The field in Limn's words, such as `prompt` or `size`. */
  readonly field: string;
  /** A sentence: what is wrong and what is possible. */
  readonly message: string;
}

/** A task before it is known to be right: every key may be missing. */
export type PartialTask = Partial<Task>;

const base64 = /^[A-Za-z0-9+/]{16,}={0,2}$/;

function isWebAddress(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}

/** Whether the text has one of the four forms a reference may take: UUID, URL, data URI, base64. */
const isReference = (text: string): boolean =>
  /^data:image\/[a-z+.-]+;base64,/i.test(text) || isUuidV4(text) || isWebAddress(text) || base64.test(text);

const isWholeNumber = (value: number, min: number, max = Number.MAX_SAFE_INTEGER): boolean =>
  Number.isInteger(value) && value >= min && value <= max;

const formatChoices = (names: readonly string[]): string => names.map((name) => `“${name}”`).join(" or ");

/** A rule gives the problem it finds, or nothing. */
type Rule = (task: PartialTask, model: Model) => Problem | undefined;

const problemIf = (isBroken: boolean, field: string, message: string): Problem | undefined =>
  isBroken ? { field, message } : undefined;

const promptRule: Rule = ({ positivePrompt: prompt = "" }, { promptLimit }) => {
  const length = countCharacters(prompt);
  return (
    problemIf(cleanPrompt(prompt) === "", "prompt", "The prompt is empty. Write what the picture should show.") ??
    problemIf(
      cleanPrompt(prompt) !== prompt.trim(),
      "prompt",
      "The prompt holds characters that cannot be sent, such as control characters. Type it again.",
    ) ??
    problemIf(
      length > promptLimit,
      "prompt",
      `The prompt has ${length} characters; at most ${promptLimit} are allowed.`,
    )
  );
};

const sizePairRule: Rule = ({ width, height }) =>
  problemIf((width === undefined) !== (height === undefined), "size", "Width and height must be given together.");

const sizeRule: Rule = ({ width, height }, model) => {
  if (width === undefined || height === undefined || findSize(model, { width, height }) !== undefined) {
    return undefined;
  }
  const suggestion =
    width > 0 && height > 0 ? ` The nearest is ${formatSize(nearestSize(model, { width, height }))}.` : "";
  return { field: "size", message: `${model.name} cannot make ${formatSize({ width, height })} pixels.${suggestion}` };
};

const resolutionRule: Rule = ({ resolution, width, height, inputs }, { resolutions }) =>
  resolution === undefined
    ? undefined
    : (problemIf(
        !resolutions.includes(resolution),
        "resolution",
        `The resolution must be ${formatChoices(resolutions)}.`,
      ) ??
      problemIf(
        width !== undefined || height !== undefined,
        "resolution",
        "A resolution cannot be combined with width and height. Choose one of them.",
      ) ??
      problemIf(
        (inputs?.referenceImages ?? []).length === 0,
        "resolution",
        "A resolution takes its shape from a reference image, and there is none. Choose a size instead.",
      ));

const sizeRequiredRule: Rule = ({ width, height, resolution, inputs }) =>
  problemIf(
    [width, height, resolution].every((side) => side === undefined) && (inputs?.referenceImages ?? []).length === 0,
    "size",
    "Choose a size, or add a reference image.",
  );

const referencesRule: Rule = ({ inputs }, { references: { max, maxBytes } }) => {
  const images = inputs?.referenceImages ?? [];
  // Base64 spends four characters on three bytes.
  const tooLarge = images.findIndex((image) => image.startsWith("data:") && image.length * 0.75 > maxBytes);
  const invalid = images.findIndex((image) => !isReference(image));
  return (
    problemIf(
      images.length > max,
      "references",
      `There are ${images.length} reference images; at most ${max} can be sent.`,
    ) ??
    problemIf(
      invalid >= 0,
      "references",
      `Reference image ${invalid + 1} is not a UUID, a web address, a data URI or base64.`,
    ) ??
    problemIf(
      new Set(images).size < images.length,
      "references",
      "The same reference image is there twice. Remove one of them.",
    ) ??
    problemIf(
      tooLarge >= 0,
      "references",
      `Reference image ${tooLarge + 1} is larger than ${maxBytes / 1e6} MB. Use a smaller one.`,
    )
  );
};

const countRule: Rule = ({ numberResults }, { results: { min, max } }) =>
  problemIf(
    numberResults !== undefined && !isWholeNumber(numberResults, min, max),
    "count",
    `The number of pictures must be a whole number from ${min} to ${max}.`,
  );

const qualityRule: Rule = ({ outputQuality }, { quality: { min, max } }) =>
  problemIf(
    outputQuality !== undefined && !isWholeNumber(outputQuality, min, max),
    "quality",
    `The quality must be a whole number from ${min} to ${max}.`,
  );

const ttlRule: Rule = ({ ttl, outputType = "URL" }, { ttlMinimum }) =>
  problemIf(
    ttl !== undefined && !isWholeNumber(ttl, ttlMinimum),
    "ttl",
    `The lifetime of links must be a whole number of at least ${ttlMinimum} seconds.`,
  ) ?? problemIf(ttl !== undefined && outputType !== "URL", "ttl", "A lifetime of links needs the output type “URL”.");

/** A rule for a key that takes one of a few values. */
const choiceRule =
  (
    field: string,
    name: string,
    read: (task: PartialTask) => string | undefined,
    allowed: (model: Model) => readonly string[],
  ): Rule =>
  (task, model) => {
    const value = read(task);
    return problemIf(
      value !== undefined && !allowed(model).includes(value),
      field,
      `The ${name} must be ${formatChoices(allowed(model))}.`,
    );
  };

/** A rule for a key that takes a web address. */
const addressRule =
  (field: "webhookURL" | "uploadEndpoint", name: string): Rule =>
  ({ [field]: address }) =>
    problemIf(
      address !== undefined && !isWebAddress(address),
      field,
      `The ${name} must be a complete http or https address.`,
    );

const taskRules: readonly Rule[] = [
  (task, { id }) => problemIf(task.model !== id, "model", `The model must be “${id}”.`),
  ({ taskUUID = "" }) => problemIf(!isUuidV4(taskUUID), "taskUUID", "The task needs a UUID v4 of its own."),
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
    "format",
    (task) => task.outputFormat,
    (model) => model.formats,
  ),
  choiceRule(
    "outputType",
    "output type",
    (task) => task.outputType,
    (model) => model.outputTypes,
  ),
  choiceRule(
    "deliveryMethod",
    "delivery method",
    (task) => task.deliveryMethod,
    (model) => model.deliveryMethods,
  ),
  choiceRule(
    "safety.mode",
    "safety mode",
    (task) => task.safety?.mode,
    (model) => model.safetyModes,
  ),
  addressRule("webhookURL", "webhook"),
  addressRule("uploadEndpoint", "upload endpoint"),
];

/**
 * Every rule of the model's page that the task breaks, at most one sentence a rule; empty where it
 * may be sent.
 */
export function checkTask(task: PartialTask, model: Model): Problem[] {
  return taskRules.flatMap((rule) => rule(task, model) ?? []);
}
