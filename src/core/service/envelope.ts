import * as z from "zod/mini";
import type { AnswerBody } from "./answerReader.ts";
import { InlineImage, pictureFields } from "./inlineImage.ts";
import type { ServiceError } from "./serviceError.ts";

/**
 * A field of the wrong type, or an empty text, counts as absent: one invalid value must not cost a
 * picture.
 */
const text = z.catch(z.optional(z.string().check(z.minLength(1))), undefined);
const number = z.catch(z.optional(z.number()), undefined);
const inlineImage = z.catch(z.optional(z.instanceof(InlineImage)), undefined);
const flag = z.catch(z.optional(z.boolean()), undefined);

const record = z.record(z.string(), z.unknown());

const itemFields = z.object({
  taskUUID: text,
  taskType: text,
  /** `processing`, `success` or `error`; absent on acknowledgements and on some finished items. */
  status: text,
  /** Percent. */
  progress: number,
  imageUUID: text,
  imageURL: text,
  /** Tools may name their result so. */
  mediaUUID: text,
  mediaURL: text,
  imageBase64Data: inlineImage,
  imageDataURI: inlineImage,
  seed: number,
  /** USD. */
  cost: number,
  NSFWContent: flag,
});

/** One item of an answer's `data`, with the fields that Limn reads. */
export interface AnswerItem extends Omit<z.infer<typeof itemFields>, "mediaUUID" | "mediaURL"> {
  /** All fields as received, for tasks other than pictures. */
  readonly raw: Readonly<Record<string, unknown>>;
}

/** An answer of the API, from any of its envelopes. */
export interface Answer {
  readonly items: readonly AnswerItem[];
  readonly errors: readonly ServiceError[];
}

const errorFields = z.object({
  code: z.catch(z.optional(z.union([z.string(), z.number()])), undefined),
  message: text,
  parameter: z.catch(z.optional(z.union([z.string(), z.array(z.string())])), undefined),
  taskUUID: text,
  responseContent: z.optional(z.unknown()),
});

const toList = (value: unknown): readonly unknown[] =>
  value === undefined || value === null ? [] : Array.isArray(value) ? value : [value];

function toServiceError(value: unknown, outerUUID?: string): ServiceError {
  if (typeof value === "string") {
    return { code: "", message: value, parameters: [], ...(outerUUID === undefined ? {} : { taskUUID: outerUUID }) };
  }
  const fields = errorFields.safeParse(value).data;
  const taskUUID = fields?.taskUUID ?? outerUUID;
  const upstream = fields?.responseContent;
  return {
    code: String(fields?.code ?? ""),
    message: fields?.message ?? "",
    parameters: toList(fields?.parameter).filter((name) => typeof name === "string"),
    ...(taskUUID === undefined ? {} : { taskUUID }),
    ...(upstream === undefined || upstream === null
      ? {}
      : { upstream: typeof upstream === "string" ? upstream : JSON.stringify(upstream) }),
  };
}

/** Splits `data` into items and the failures among them. */
function readData(data: unknown): Answer {
  const items: AnswerItem[] = [];
  const errors: ServiceError[] = [];
  for (const value of toList(data)) {
    const raw = record.safeParse(value).data;
    if (raw === undefined) {
      continue;
    }
    const { mediaUUID, mediaURL, ...fields } = itemFields.parse(raw);
    if (fields.status === "error") {
      errors.push(toServiceError(raw.error ?? raw, fields.taskUUID));
    } else {
      items.push({
        ...fields,
        imageUUID: fields.imageUUID ?? mediaUUID,
        imageURL: fields.imageURL ?? mediaURL,
        raw,
      });
    }
  }
  return { items, errors };
}

/** Reads a value in any of the API's envelopes; `undefined` if it has none of them. */
export function readEnvelope(value: unknown): Answer | undefined {
  if (Array.isArray(value)) {
    return readData(value);
  }
  const envelope = record.safeParse(value).data;
  if (envelope === undefined || !["data", "errors", "error"].some((key) => key in envelope)) {
    return undefined;
  }
  const outerUUID = typeof envelope.taskUUID === "string" ? envelope.taskUUID : undefined;
  const { items, errors } = readData(envelope.data);
  // `"error": false` and `"errors": [null]` are not errors.
  const topLevel = [...toList(envelope.errors), ...toList(envelope.error)]
    .filter((error) => typeof error === "string" || record.safeParse(error).success)
    .map((error) => toServiceError(error, outerUUID));
  return { items, errors: [...errors, ...topLevel] };
}

/**
 * Parses a body; `undefined` if it is not JSON (HTML, truncated, empty) or not an answer. Every
 * text goes through `redact` after its escapes are undone, so that nothing can hide behind them.
 * Pictures return to their places.
 */
export function readAnswer(
  { text, pictures }: AnswerBody,
  redact: (text: string) => string = (text) => text,
): Answer | undefined {
  try {
    const revive = (name: string, value: unknown) => {
      if (typeof value !== "string") {
        return value;
      }
      if (!pictureFields.has(name)) {
        return redact(value);
      }
      // An empty field has no index, but `Number("")` is 0, the first picture.
      return value === "" ? undefined : pictures[Number(value)];
    };
    return readEnvelope(JSON.parse(text, revive));
  } catch {
    return undefined;
  }
}
