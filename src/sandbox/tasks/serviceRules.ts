import { klingImage3 } from "../../core/models/klingImage3.ts";
import type { Resolution, Size } from "../../core/models/model.ts";
import { isLoopback } from "../loopback.ts";
import { type ApiError, documentationUrl, Refusal } from "./refusal.ts";
import { type InferenceTask, isPromptValid } from "./taskSchema.ts";

interface Rule {
  readonly code: string;
  readonly parameter: string | readonly string[];
  readonly message: string;
  readonly details?: Pick<ApiError, "allowedValues" | "min" | "max">;
  readonly isBroken: (task: InferenceTask) => boolean;
}

const referencesOf = (task: InferenceTask): readonly string[] => task.inputs?.referenceImages ?? [];
const sizeNames = klingImage3.sizes.map(({ width, height }) => `${width}x${height}`);
const sides = ["width", "height"] as const;

/**
 * What fields may go together, from the model's page ("Compatibility & Validation") and
 * runware-api.md, sections 1 and 5.
 */
const rules: readonly Rule[] = [
  {
    code: "invalidPositivePrompt",
    parameter: "positivePrompt",
    message: `'positivePrompt' must have between 1 and ${klingImage3.promptLimit} characters.`,
    details: { min: 1, max: klingImage3.promptLimit },
    isBroken: (task) => !isPromptValid(task.positivePrompt),
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
    isBroken: (task) => task.resolution !== undefined && (task.width !== undefined || task.height !== undefined),
  },
  {
    code: "missingReferenceImages",
    parameter: "inputs.referenceImages",
    message: "'resolution' takes its aspect ratio from 'inputs.referenceImages', which is missing.",
    isBroken: (task) => task.resolution !== undefined && referencesOf(task).length === 0,
  },
  {
    code: "missingDimensions",
    parameter: sides,
    message: "Either provide 'inputs.referenceImages', or specify 'width' and 'height'.",
    isBroken: (task) =>
      task.resolution === undefined &&
      task.width === undefined &&
      task.height === undefined &&
      referencesOf(task).length === 0,
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
    message: "'ttl' applies only where 'outputType' is 'URL'.",
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

/**
 * Checks what no field can know of itself.
 * @throws Refusal naming every broken rule.
 */
export function checkRules(task: InferenceTask): void {
  const brokenRules = rules.filter((rule) => rule.isBroken(task));
  if (brokenRules.length === 0) return;
  throw new Refusal(
    ...brokenRules.map(({ code, parameter, message, details }) => {
      const first = typeof parameter === "string" ? parameter : "width";
      return { code, message, parameter, documentation: documentationUrl(first), ...details };
    }),
  );
}

/**
 * The size of a tier whose aspect ratio is nearest, compared by the logarithm so that both
 * orientations count alike.
 */
export function nearestSizeOfTier(tier: Resolution, aspect: number): Size {
  const distance = (size: Size): number => Math.abs(Math.log(size.width / size.height / aspect));
  const [first, ...others] = klingImage3.sizes.filter((size) => size.tier === tier);
  if (first === undefined) throw new Error(`The model has no size of tier ${tier}.`);
  return others.reduce<Size>((best, size) => (distance(size) < distance(best) ? size : best), first);
}
