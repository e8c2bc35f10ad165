import * as z from "zod/mini";
import { kling } from "../core/kling.ts";
import { type ApiError, documentation, Refusal } from "./refusal.ts";

const uuid = z.uuidv4();
const address = z.url({ protocol: /^https?$/ });
const codePoints = (text: string): number => [...text].length;

/** `imageInference` with its defaults, field by field; what fields may go together is in `refuse.ts`. */
export const inference = z.strictObject({
  taskType: z.literal("imageInference"),
  taskUUID: uuid,
  model: z.literal(kling.id),
  positivePrompt: z.string(),
  width: z.optional(z.int()),
  height: z.optional(z.int()),
  resolution: z.optional(z.enum(kling.resolutions)),
  inputs: z.optional(
    z.strictObject({
      referenceImages: z.optional(z.array(z.string().check(z.minLength(1))).check(z.maxLength(kling.references.max))),
    }),
  ),
  numberResults: z._default(z.int().check(z.gte(kling.results.min), z.lte(kling.results.max)), 1),
  outputType: z._default(z.enum(kling.outputTypes), "URL"),
  outputFormat: z._default(z.enum(kling.formats), "JPG"),
  outputQuality: z._default(z.int().check(z.gte(kling.quality.min), z.lte(kling.quality.max)), kling.quality.default),
  deliveryMethod: z._default(z.enum(kling.deliveryMethods), "sync"),
  webhookURL: z.optional(address),
  uploadEndpoint: z.optional(address),
  safety: z.optional(
    z.strictObject({ checkContent: z.optional(z.boolean()), mode: z.optional(z.enum(kling.safetyModes)) }),
  ),
  ttl: z.optional(z.int().check(z.gte(kling.ttlMinimum))),
  includeCost: z._default(z.boolean(), false),
});

/** A checked `imageInference`. */
export type Inference = z.infer<typeof inference>;

/** `getResponse` and `getTaskDetails`. */
export const lookup = z.strictObject({ taskType: z.enum(["getResponse", "getTaskDetails"]), taskUUID: uuid });

/** `accountManagement`. */
export const account = z.strictObject({
  taskType: z.literal("accountManagement"),
  taskUUID: uuid,
  operation: z.literal("getDetails"),
});

/** `authentication`: the first element of a request, in place of the header. */
export const authentication = z.strictObject({
  taskType: z.literal("authentication"),
  apiKey: z.string(),
  connectionSessionUUID: z.optional(uuid),
  taskUUID: z.optional(uuid),
});

/** `ping`. */
export const ping = z.strictObject({
  taskType: z.literal("ping"),
  taskUUID: z.optional(uuid),
  ping: z.optional(z.literal(true)),
});

/** `mediaStorage`. */
export const mediaStorage = z.strictObject({
  taskType: z.literal("mediaStorage"),
  taskUUID: uuid,
  operation: z.enum(["upload", "delete"]),
  media: z.string().check(z.minLength(1)),
});

/** `imageUpload`, the older form of an upload. */
export const imageUpload = z.strictObject({
  taskType: z.literal("imageUpload"),
  taskUUID: uuid,
  image: z.string().check(z.minLength(1)),
});

/** A whole task as it came, before its own schema is known. */
export const anyTask = z.looseObject({ taskType: z.string() });

/** A task whose type is known to be a string. */
export type AnyTask = z.infer<typeof anyTask>;

/** `true` where a prompt is neither empty nor longer than the model takes, counted in code points. */
export const promptFits = (prompt: string): boolean => prompt.trim() !== "" && codePoints(prompt) <= kling.promptLimit;

function absent(value: unknown, path: readonly PropertyKey[]): boolean {
  let here = value;
  for (const key of path) {
    if (typeof here !== "object" || here === null) return true;
    here = Reflect.get(here, key);
  }
  return here === undefined;
}

function explain(issue: z.core.$ZodIssue, task: unknown): ApiError[] {
  const named = issue.path.filter((key) => typeof key === "string");
  const parameter = named.join(".") || "taskType";
  const last = named.at(-1) ?? "task";
  const name = last.charAt(0).toUpperCase() + last.slice(1);
  const common = { parameter, documentation: documentation(parameter) };
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => {
      const full = [...named, key].join(".");
      const message = `Unsupported parameter '${full}': this task has no such parameter.`;
      return { code: "unsupportedParameter", message, parameter: full, documentation: documentation(full) };
    });
  }
  if (absent(task, issue.path)) {
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
export function check<Schema extends z.ZodMiniType>(schema: Schema, task: unknown): z.infer<Schema> {
  const result = z.safeParse(schema, task);
  if (result.success) return result.data;
  throw new Refusal(...result.error.issues.flatMap((issue) => explain(issue, task)));
}
