import type { Model, Size, Tier } from "../../core/models/model.ts";
import { isLoopback } from "../loopback.ts";
import { type ApiError, documentationUrl, Refusal } from "./refusal.ts";
import type { InferenceTask } from "./taskSchema.ts";

interface Rule {
  readonly code: string;
  readonly parameter: string | readonly string[];
  readonly message: string;
  readonly details?: Pick<ApiError, "allowedValues" | "min" | "max">;
  readonly isBroken: (task: InferenceTask) => boolean;
}

const referencesOf = (task: InferenceTask): readonly string[] => task.inputs?.referenceImages ?? [];
const promptLength = ({ positivePrompt }: InferenceTask): number => [...positivePrompt].length;
const sides = ["width", "height"] as const;

/**
 * Which fields may be combined. Sources: the model's page ("Compatibility & Validation"),
 * runware-api.md, sections 1 and 5, and kling-siblings.md.
 */
const rulesOf = ({
  promptMinimum,
  promptLimit,
  resolutions,
  isSizeRequired,
  sizeNames,
}: RuleContext): readonly Rule[] => [
  {
    code: "invalidPositivePrompt",
    parameter: "positivePrompt",
    message: `'positivePrompt' must have between ${promptMinimum} and ${promptLimit} characters.`,
    details: { min: promptMinimum, max: promptLimit },
    isBroken: (task) =>
      task.positivePrompt.trim() === "" || promptLength(task) < promptMinimum || promptLength(task) > promptLimit,
  },
  {
    code: "unsupportedParameter",
    parameter: "resolution",
    message: "Unsupported parameter 'resolution': this model has no such parameter.",
    isBroken: (task) => resolutions.length === 0 && task.resolution !== undefined,
  },
  {
    code: "missingHeight",
    parameter: "height",
    message: "'width' and 'height' must be used together.",
    isBroken: (task) => task.width !== undefined && task.height === undefined,
  },
  {
    code: "missingWidth",
    parameter: "width",
    message: "'width' and 'height' must be used together.",
    isBroken: (task) => task.height !== undefined && task.width === undefined,
  },
  {
    code: "unsupportedResolution",
    parameter: "resolution",
    message: "'resolution' cannot be used with 'width' and 'height'.",
    isBroken: (task) =>
      resolutions.length > 0 &&
      task.resolution !== undefined &&
      (task.width !== undefined || task.height !== undefined),
  },
  {
    code: "missingReferenceImages",
    parameter: "inputs.referenceImages",
    message: "'resolution' takes its aspect ratio from 'inputs.referenceImages', which is missing.",
    isBroken: (task) => resolutions.length > 0 && task.resolution !== undefined && referencesOf(task).length === 0,
  },
  {
    code: "missingDimensions",
    parameter: sides,
    message: isSizeRequired
      ? "'width' and 'height' are required."
      : "Either provide 'inputs.referenceImages', or specify 'width' and 'height'.",
    isBroken: (task) =>
      task.width === undefined &&
      task.height === undefined &&
      (isSizeRequired || (task.resolution === undefined && referencesOf(task).length === 0)),
  },
  {
    code: "unsupportedDimensions",
    parameter: sides,
    message: `This combination of 'width' and 'height' is not supported. Supported: ${sizeNames.join(", ")}.`,
    details: { allowedValues: sizeNames },
    isBroken: (task) =>
      task.width !== undefined && task.height !== undefined && !sizeNames.includes(`${task.width}x${task.height}`),
  },
  {
    code: "duplicateReferenceImages",
    parameter: "inputs.referenceImages",
    message: "'inputs.referenceImages' holds the same picture more than once.",
    isBroken: (task) => new Set(referencesOf(task)).size < referencesOf(task).length,
  },
  {
    code: "unsupportedTtl",
    parameter: "ttl",
    message: "'ttl' applies only if 'outputType' is 'URL'.",
    isBroken: (task) => task.ttl !== undefined && task.outputType !== "URL",
  },
  {
    code: "invalidWebhookURL",
    parameter: "webhookURL",
    message: "The sandbox never leaves this machine: 'webhookURL' must point to a loopback address.",
    isBroken: (task) => task.webhookURL !== undefined && !isLoopback(task.webhookURL),
  },
  {
    code: "invalidUploadEndpoint",
    parameter: "uploadEndpoint",
    message: "The sandbox never leaves this machine: 'uploadEndpoint' must point to a loopback address.",
    isBroken: (task) => task.uploadEndpoint !== undefined && !isLoopback(task.uploadEndpoint),
  },
];

/** The input of the rules. */
interface RuleContext extends Pick<Model, "promptMinimum" | "promptLimit" | "resolutions" | "isSizeRequired"> {
  /** Such as `1024x1024`. */
  readonly sizeNames: readonly string[];
}

/**
 * Checks the rules that involve more than one field.
 * @throws Refusal that names every broken rule.
 */
export function checkRules(task: InferenceTask, model: Model): void {
  const sizeNames = model.sizes.map(({ width, height }) => `${width}x${height}`);
  const brokenRules = rulesOf({ ...model, sizeNames }).filter((rule) => rule.isBroken(task));
  if (brokenRules.length === 0) return;
  throw new Refusal(
    ...brokenRules.map(({ code, parameter, message, details }) => {
      const first = typeof parameter === "string" ? parameter : "width";
      return { code, message, parameter, documentation: documentationUrl(first), ...details };
    }),
  );
}

/** The size of a tier with the nearest aspect ratio. Logarithms treat both orientations alike. */
export function nearestSizeOfTier(model: Model, tier: Tier, aspect: number): Size {
  const distance = (size: Size): number => Math.abs(Math.log(size.width / size.height / aspect));
  const [first, ...others] = model.sizes.filter((size) => size.tier === tier);
  if (first === undefined) throw new Error(`The model has no size of tier ${tier}.`);
  return others.reduce<Size>((best, size) => (distance(size) < distance(best) ? size : best), first);
}
