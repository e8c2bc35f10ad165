import * as z from "zod/mini";
import { findModel } from "../../core/models/findModel.ts";
import {
  deliveryMethods,
  type Family,
  type Model,
  outputFormats,
  outputTypes,
  safetyModes,
  tiers,
} from "../../core/models/model.ts";
import type { Tool } from "../../core/tools/tool.ts";
import { findTool } from "../../core/tools/tools.ts";
import { type ApiError, documentationUrl, Refusal } from "./refusal.ts";

const uuidSchema = z.uuidv4();
const httpUrlSchema = z.url({ protocol: /^https?$/ });

/** Limits a schema for all models to the values that the model allows. */
const allowed = <Value extends string>(all: readonly Value[], ofModel: readonly Value[]) =>
  z.enum(ofModel.length > 0 ? ofModel : all);

/**
 * The fields of an `imageInference` for one model, with its defaults. `serviceRules.ts` checks how
 * they are combined.
 */
const inferenceSchemaOf = (model: Model, ids: readonly string[]) =>
  z.strictObject({
    taskType: z.literal("imageInference"),
    taskUUID: uuidSchema,
    model: z.enum(ids),
    positivePrompt: z.string(),
    width: z.optional(z.int()),
    height: z.optional(z.int()),
    resolution: z.optional(allowed(tiers, model.resolutions)),
    inputs: z.optional(
      z.strictObject({
        referenceImages: z.optional(z.array(z.string().check(z.minLength(1))).check(z.maxLength(model.references.max))),
      }),
    ),
    numberResults: z._default(z.int().check(z.gte(model.results.min), z.lte(model.results.max)), 1),
    outputType: z._default(allowed(outputTypes, model.outputTypes), "URL"),
    outputFormat: z._default(allowed(outputFormats, model.formats), "JPG"),
    outputQuality: z._default(z.int().check(z.gte(model.quality.min), z.lte(model.quality.max)), model.quality.default),
    deliveryMethod: z._default(allowed(deliveryMethods, model.deliveryMethods), "sync"),
    webhookURL: z.optional(httpUrlSchema),
    uploadEndpoint: z.optional(httpUrlSchema),
    safety: z.optional(
      z.strictObject({
        checkContent: z.optional(z.boolean()),
        mode: z.optional(allowed(safetyModes, model.safetyModes)),
      }),
    ),
    ttl: z.optional(z.int().check(z.gte(model.ttlMinimum))),
    includeCost: z._default(z.boolean(), false),
  });

/** A checked `imageInference`. */
export type InferenceTask = z.infer<ReturnType<typeof inferenceSchemaOf>>;

/** The fields of a tool's task, with the service's defaults: a JPG, which has no transparency. */
const toolFieldsOf = ({ model }: Tool) => ({
  taskUUID: uuidSchema,
  model: z.literal(model),
  inputs: z.strictObject({ image: z.string().check(z.minLength(1)) }),
  outputType: z._default(z.enum(outputTypes), "URL"),
  outputFormat: z._default(z.enum(outputFormats), "JPG"),
  outputQuality: z._default(z.int().check(z.gte(20), z.lte(99)), 95),
  deliveryMethod: z._default(z.enum(deliveryMethods), "sync"),
  webhookURL: z.optional(httpUrlSchema),
  uploadEndpoint: z.optional(httpUrlSchema),
  ttl: z.optional(z.int().check(z.gte(60))),
  includeCost: z._default(z.boolean(), false),
});

/** The factors as a schema: a number that is not among them is refused with the allowed ones. */
const factorSchema = ({ factors }: Tool) => z._default(z.literal([...factors]), 2);

const toolSchemaOf = (tool: Tool) =>
  tool.id === "upscale"
    ? z.strictObject({ taskType: z.literal(tool.id), ...toolFieldsOf(tool), upscaleFactor: factorSchema(tool) })
    : z.strictObject({ taskType: z.literal(tool.id), ...toolFieldsOf(tool) });

/** A checked task of a tool. */
export type ToolRequest = z.infer<ReturnType<typeof toolSchemaOf>>;

/** A checked task that makes pictures. */
export type PictureTask = InferenceTask | ToolRequest;

/** `getResponse` and `getTaskDetails`. */
export const lookupSchema = z.strictObject({
  taskType: z.enum(["getResponse", "getTaskDetails"]),
  taskUUID: uuidSchema,
});

/** `accountManagement`. */
export const accountSchema = z.strictObject({
  taskType: z.literal("accountManagement"),
  taskUUID: uuidSchema,
  operation: z.literal("getDetails"),
});

/** `authentication`: the first element of a request, in place of the header. */
export const authenticationSchema = z.strictObject({
  taskType: z.literal("authentication"),
  apiKey: z.string(),
  connectionSessionUUID: z.optional(uuidSchema),
  taskUUID: z.optional(uuidSchema),
});

/** `ping`. */
export const pingSchema = z.strictObject({
  taskType: z.literal("ping"),
  taskUUID: z.optional(uuidSchema),
  ping: z.optional(z.literal(true)),
});

/** `mediaStorage`. */
export const mediaStorageSchema = z.strictObject({
  taskType: z.literal("mediaStorage"),
  taskUUID: uuidSchema,
  operation: z.enum(["upload", "delete"]),
  media: z.string().check(z.minLength(1)),
});

/** `imageUpload`, the older form of an upload. */
export const imageUploadSchema = z.strictObject({
  taskType: z.literal("imageUpload"),
  taskUUID: uuidSchema,
  image: z.string().check(z.minLength(1)),
});

/** A received task, before its schema is known. */
export const anyTaskSchema = z.looseObject({ taskType: z.string() });

/** A task whose type is known to be a string. */
export type AnyTask = z.infer<typeof anyTaskSchema>;

function isAbsent(value: unknown, path: readonly PropertyKey[]): boolean {
  let current = value;
  for (const key of path) {
    if (typeof current !== "object" || current === null) return true;
    current = Reflect.get(current, key);
  }
  return current === undefined;
}

function toApiErrors(issue: z.core.$ZodIssue, task: unknown): ApiError[] {
  const named = issue.path.filter((key) => typeof key === "string");
  const parameter = named.join(".") || "taskType";
  const last = named.at(-1) ?? "task";
  const name = last.charAt(0).toUpperCase() + last.slice(1);
  const common = { parameter, documentation: documentationUrl(parameter) };
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => {
      const full = [...named, key].join(".");
      const message = `Unsupported parameter '${full}': this task has no such parameter.`;
      return { code: "unsupportedParameter", message, parameter: full, documentation: documentationUrl(full) };
    });
  }
  if (isAbsent(task, issue.path)) {
    return [{ code: `missing${name}`, message: `Missing parameter '${parameter}', which is required.`, ...common }];
  }
  const code = `invalid${name}`;
  switch (issue.code) {
    case "invalid_value": {
      const allowedValues = issue.values.map((value) => (typeof value === "number" ? value : String(value)));
      const message = `Invalid value for '${parameter}'. Allowed values: ${allowedValues.join(", ")}.`;
      return [{ code, message, ...common, allowedValues }];
    }
    case "too_small": {
      const min = Number(issue.minimum);
      return [{ code, message: `Invalid value for '${parameter}': must be at least ${min}.`, ...common, min }];
    }
    case "too_big": {
      const max = Number(issue.maximum);
      return [{ code, message: `Invalid value for '${parameter}': must be at most ${max}.`, ...common, max }];
    }
    case "invalid_format":
      return [{ code, message: `Invalid value for '${parameter}': must be a valid ${issue.format}.`, ...common }];
    case "invalid_type":
      return [
        {
          code,
          message: `Invalid value for '${parameter}': must be of type ${issue.expected}.`,
          ...common,
          type: issue.expected,
        },
      ];
    default:
      return [{ code, message: `Invalid value for '${parameter}'.`, ...common }];
  }
}

/**
 * Checks a task against its schema.
 * @throws Refusal with one error per fault, in the API's own codes.
 */
export function parseTask<Schema extends z.ZodMiniType>(schema: Schema, task: unknown): z.infer<Schema> {
  const result = z.safeParse(schema, task);
  if (result.success) return result.data;
  throw new Refusal(...result.error.issues.flatMap((issue) => toApiErrors(issue, task)));
}

const modelFieldSchema = z.looseObject({ model: z.string() });

/**
 * Checks an `imageInference` against the schema of the model that it names; a task with an unknown
 * model is checked against the first model's.
 * @throws Refusal as `parseTask` does.
 */
export function parseInference(
  task: unknown,
  family: Family,
): { readonly request: InferenceTask; readonly model: Model } {
  const id = modelFieldSchema.safeParse(task).data?.model ?? "";
  const model = findModel(family, id) ?? family[0];
  return {
    request: parseTask(
      inferenceSchemaOf(
        model,
        family.map((known) => known.id),
      ),
      task,
    ),
    model,
  };
}

/**
 * Checks a task of a tool against the tool's schema.
 * @throws Refusal as `parseTask` does.
 */
export function parseToolTask(task: AnyTask): { readonly request: ToolRequest; readonly tool: Tool } {
  const tool = findTool({ id: task.taskType });
  if (tool === undefined) throw new Error(`No tool handles ${task.taskType}.`);
  return { request: parseTask(toolSchemaOf(tool), task), tool };
}

/**
 * Checks a task that makes pictures, of a prompt or by a tool.
 * @throws Refusal as `parseTask` does.
 */
export function parsePictureTask(rawTask: unknown, family: Family): PictureTask {
  const task = parseTask(anyTaskSchema, rawTask);
  return findTool({ id: task.taskType }) === undefined
    ? parseInference(task, family).request
    : parseToolTask(task).request;
}
