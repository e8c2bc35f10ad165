import { kling } from "../core/kling.ts";
import type { Resolution, Size } from "../core/model.ts";
import { isLoopback } from "./loopback.ts";
import { type ApiError, documentation, Refusal } from "./refusal.ts";
import { type Inference, promptFits } from "./schema.ts";

interface Rule {
  readonly code: string;
  readonly parameter: string | readonly string[];
  readonly message: string;
  readonly more?: Pick<ApiError, "allowedValues" | "min" | "max">;
  readonly broken: (task: Inference) => boolean;
}

const references = (task: Inference): readonly string[] => task.inputs?.referenceImages ?? [];
const sizeNames = kling.sizes.map(({ width, height }) => `${width}x${height}`);
const sides = ["width", "height"] as const;

/** What fields may go together, from the model's page ("Compatibility & Validation") and runware-api.md, sections 1 and 5. */
const rules: readonly Rule[] = [
  {
    code: "invalidPositivePrompt",
    parameter: "positivePrompt",
    message: `'positivePrompt' must have between 1 and ${kling.promptLimit} characters.`,
    more: { min: 1, max: kling.promptLimit },
    broken: (task) => !promptFits(task.positivePrompt),
  },
  {
    code: "missingHeight",
    parameter: "height",
    message: "'width' and 'height' must be used together.",
    broken: (task) => task.width !== undefined && task.height === undefined,
  },
  {
    code: "missingWidth",
    parameter: "width",
    message: "'width' and 'height' must be used together.",
    broken: (task) => task.height !== undefined && task.width === undefined,
  },
  {
    code: "unsupportedResolution",
    parameter: "resolution",
    message: "'resolution' cannot be used with 'width' and 'height'.",
    broken: (task) => task.resolution !== undefined && (task.width !== undefined || task.height !== undefined),
  },
  {
    code: "missingReferenceImages",
    parameter: "inputs.referenceImages",
    message: "'resolution' takes its aspect ratio from 'inputs.referenceImages', which is missing.",
    broken: (task) => task.resolution !== undefined && references(task).length === 0,
  },
  {
    code: "missingDimensions",
    parameter: sides,
    message: "Either provide 'inputs.referenceImages', or specify 'width' and 'height'.",
    broken: (task) =>
      task.resolution === undefined &&
      task.width === undefined &&
      task.height === undefined &&
      references(task).length === 0,
  },
  {
    code: "unsupportedDimensions",
    parameter: sides,
    message: `This combination of 'width' and 'height' is not supported. Supported: ${sizeNames.join(", ")}.`,
    more: { allowedValues: sizeNames },
    broken: (task) =>
      task.width !== undefined && task.height !== undefined && !sizeNames.includes(`${task.width}x${task.height}`),
  },
  {
    code: "duplicateReferenceImages",
    parameter: "inputs.referenceImages",
    message: "'inputs.referenceImages' holds the same picture more than once.",
    broken: (task) => new Set(references(task)).size < references(task).length,
  },
  {
    code: "unsupportedTtl",
    parameter: "ttl",
    message: "'ttl' applies only where 'outputType' is 'URL'.",
    broken: (task) => task.ttl !== undefined && task.outputType !== "URL",
  },
  {
    code: "invalidWebhookURL",
    parameter: "webhookURL",
    message: "The sandbox never leaves this machine: 'webhookURL' must point to a loopback address.",
    broken: (task) => task.webhookURL !== undefined && !isLoopback(task.webhookURL),
  },
  {
    code: "invalidUploadEndpoint",
    parameter: "uploadEndpoint",
    message: "The sandbox never leaves this machine: 'uploadEndpoint' must point to a loopback address.",
    broken: (task) => task.uploadEndpoint !== undefined && !isLoopback(task.uploadEndpoint),
  },
];

/**
 * Checks what no field can know of itself.
 * @throws Refusal naming every broken rule.
 */
export function refuse(task: Inference): void {
  const broken = rules.filter((rule) => rule.broken(task));
  if (broken.length === 0) return;
  throw new Refusal(
    ...broken.map(({ code, parameter, message, more }) => {
      const first = typeof parameter === "string" ? parameter : "width";
      return { code, message, parameter, documentation: documentation(first), ...more };
    }),
  );
}

/** The size of a tier whose aspect ratio is nearest, compared by the logarithm so that both orientations count alike. */
export function nearestSize(tier: Resolution, aspect: number): Size {
  const distance = (size: Size): number => Math.abs(Math.log(size.width / size.height / aspect));
  const [first, ...others] = kling.sizes.filter((size) => size.tier === tier);
  if (first === undefined) throw new Error(`The model has no size of tier ${tier}.`);
  return others.reduce<Size>((best, size) => (distance(size) < distance(best) ? size : best), first);
}
