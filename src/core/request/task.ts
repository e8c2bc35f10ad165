import * as l10n from "@vscode/l10n";
import * as z from "zod/mini";
import { LimnError } from "../errors.ts";
import { deliveryMethods, outputFormats, outputTypes, safetyModes, tiers } from "../models/model.ts";
import { joinSentences } from "../text/sentences.ts";
import { toolTaskFields } from "../tools/toolTaskFields.ts";
import type { Request, StoredRequest, StoredShape } from "./request.ts";
import { describeSchemaIssue } from "./schemaIssue.ts";
import { sentPrompt } from "./sentPrompt.ts";

/** Only declared keys are sent: the API refuses others, and a stray key could carry a secret. */
const taskSchema = z.strictObject({
  taskType: z.literal("imageInference"),
  taskUUID: z.string(),
  model: z.string(),
  positivePrompt: z.string(),
  width: z.optional(z.number()),
  height: z.optional(z.number()),
  resolution: z.optional(z.enum(tiers)),
  inputs: z.optional(z.strictObject({ referenceImages: z.array(z.string()) })),
  numberResults: z.optional(z.number()),
  outputType: z.optional(z.enum(outputTypes)),
  outputFormat: z.optional(z.enum(outputFormats)),
  outputQuality: z.optional(z.number()),
  deliveryMethod: z.optional(z.enum(deliveryMethods)),
  webhookURL: z.optional(z.string()),
  uploadEndpoint: z.optional(z.string()),
  safety: z.optional(z.strictObject({ checkContent: z.optional(z.boolean()), mode: z.optional(z.enum(safetyModes)) })),
  ttl: z.optional(z.number()),
  includeCost: z.optional(z.boolean()),
});

/** An `imageInference` task in the API's own fields. */
export type Task = z.infer<typeof taskSchema>;

const sizeFields = (shape: StoredShape) => {
  if (shape === "like-reference") {
    return {};
  }
  return "resolution" in shape ? { resolution: shape.resolution } : { width: shape.width, height: shape.height };
};

/**
 * Parses a task; throws a `LimnError` of kind `input` if a key is unknown or has the wrong type.
 */
export function parseTask(value: unknown): Task {
  const parsed = taskSchema.safeParse(value);
  if (!parsed.success) {
    const reason = describeSchemaIssue(parsed.error, value) ?? "";
    throw new LimnError("input", joinSentences(l10n.t("The request cannot be sent."), reason));
  }
  return parsed.data;
}

/**
 * The fields and values of the API for a prompt, as they are. `includeCost` is always on, because
 * only the answer's cost is the real price.
 */
function inferenceFields(request: StoredRequest, taskUUID: string) {
  const { safety, ttl, webhookURL, uploadEndpoint, references } = request;
  return {
    taskType: "imageInference",
    taskUUID,
    model: request.model,
    positivePrompt: sentPrompt(request),
    ...sizeFields(request.shape),
    ...(references.length === 0 ? {} : { inputs: { referenceImages: references.map(({ image }) => image) } }),
    numberResults: request.count,
    outputType: request.outputType,
    outputFormat: request.format,
    outputQuality: request.quality,
    deliveryMethod: request.deliveryMethod,
    ...(webhookURL === undefined ? {} : { webhookURL }),
    ...(uploadEndpoint === undefined ? {} : { uploadEndpoint }),
    ...(safety === undefined ? {} : { safety }),
    ...(ttl === undefined ? {} : { ttl }),
    includeCost: true,
  };
}

/** The fields and values of the API for a request, to a tool or of a prompt, as they are. */
export const taskFields = (request: StoredRequest, taskUUID: string) =>
  request.tool === undefined ? inferenceFields(request, taskUUID) : toolTaskFields(request, request.tool, taskUUID);

/**
 * The request as a task, not checked against the model's rules; throws what `parseTask` throws.
 */
export const toTask = (request: Request, taskUUID: string): Task => parseTask(inferenceFields(request, taskUUID));
