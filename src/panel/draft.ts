import type { DraftFields, Fill } from "../protocol.ts";
import { keepState, readState } from "./bridge.ts";

/** What the page keeps over hiding and reloading. */
interface Kept {
  readonly fields: DraftFields;
  /** Whether the prompt holds words a person typed, and not only what a recipe or a saved prompt put there. */
  readonly typed: boolean;
  /** Number of the last fill that was taken. */
  readonly filled: number | undefined;
  /** Number of the last time that the pictures were scrolled to. */
  readonly revealed: number | undefined;
  /** Whether the fold with the rarer fields is open. */
  readonly unfolded: boolean;
}

/** Fields to change; `undefined` takes one out. */
export type Changes = { readonly [Name in keyof DraftFields]?: DraftFields[Name] | undefined };

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null;

const isText = (value: unknown): value is string => typeof value === "string";
const isWhole = (value: unknown): value is number => Number.isInteger(value);
const isOneOf =
  <Value extends string>(...values: readonly Value[]) =>
  (value: unknown): value is Value =>
    values.some((one) => one === value);

const isResolution = isOneOf("1k", "2k");
const isFormat = isOneOf("JPG", "PNG", "WEBP");
const isSafety = isOneOf("off", "fast");
const isOutputType = isOneOf("URL", "base64Data", "dataURI");
const isDeliveryMethod = isOneOf("sync", "async");
const isLikeReference = isOneOf("like-reference");

function readShape(value: unknown): DraftFields["shape"] {
  if (isLikeReference(value)) {
    return value;
  }
  if (!isRecord(value)) {
    return undefined;
  }
  const { width, height, resolution } = value;
  if (isResolution(resolution)) {
    return { resolution };
  }
  return isWhole(width) && isWhole(height) ? { width, height } : undefined;
}

const only = <Value>(is: (value: unknown) => value is Value, value: unknown): Value | undefined =>
  is(value) ? value : undefined;

/** Drops what is `undefined`, since an absent field and a field without a value are two things to the host. */
function present(changes: Changes): DraftFields {
  const { prompt, shape, count, format, quality, path, safety, ttl, outputType, deliveryMethod } = changes;
  return {
    ...(prompt === undefined ? {} : { prompt }),
    ...(shape === undefined ? {} : { shape }),
    ...(count === undefined ? {} : { count }),
    ...(format === undefined ? {} : { format }),
    ...(quality === undefined ? {} : { quality }),
    ...(path === undefined ? {} : { path }),
    ...(safety === undefined ? {} : { safety }),
    ...(ttl === undefined ? {} : { ttl }),
    ...(outputType === undefined ? {} : { outputType }),
    ...(deliveryMethod === undefined ? {} : { deliveryMethod }),
  };
}

/** An older version of Limn may have kept it, so every field is looked at; the host would drop a draft with a strange one. */
function readKept(state: unknown): Kept {
  const from = isRecord(state) ? state : {};
  const fields = isRecord(from.fields) ? from.fields : {};
  return {
    fields: present({
      prompt: only(isText, fields.prompt),
      shape: readShape(fields.shape),
      count: only(isWhole, fields.count),
      format: only(isFormat, fields.format),
      quality: only(isWhole, fields.quality),
      path: only(isText, fields.path),
      // Earlier versions called it by the API's word.
      safety: only(isSafety, fields.safety === "none" ? "off" : fields.safety),
      ttl: only(isWhole, fields.ttl),
      outputType: only(isOutputType, fields.outputType),
      deliveryMethod: only(isDeliveryMethod, fields.deliveryMethod),
    }),
    typed: from.typed === true,
    filled: only(isWhole, from.filled),
    revealed: only(isWhole, from.revealed),
    unfolded: from.unfolded === true,
  };
}

let kept = readKept(readState());
const listeners = new Set<() => void>();

function put(next: Kept): void {
  kept = next;
  keepState(kept);
  for (const listener of listeners) {
    listener();
  }
}

/** The draft as it is. */
export const draft = (): DraftFields => kept.fields;

/** Changes fields of the draft, by a person's hand. */
export function changeDraft(changes: Changes): void {
  const typed = "prompt" in changes ? (changes.prompt ?? "") !== "" : kept.typed;
  put({ ...kept, typed, fields: present({ ...kept.fields, ...changes }) });
}

/** Takes over the fields of a fill, once for each number; tells whether it did. */
export function fillDraft({ number, draft: fields, whole = false }: Fill): boolean {
  if (kept.filled === number) {
    return false;
  }
  const typed = fields.prompt === undefined ? kept.typed : false;
  put({ ...kept, typed, filled: number, fields: { ...(whole ? {} : kept.fields), ...fields } });
  return true;
}

/** Whether the pictures are still to be scrolled to, once for each number. */
export function takeReveal(number: number): boolean {
  if (kept.revealed === number) {
    return false;
  }
  put({ ...kept, revealed: number });
  return true;
}

/** Whether the prompt holds words a person typed: they are never written over without asking. */
export const hasTypedPrompt = (): boolean => kept.typed && (kept.fields.prompt ?? "").trim() !== "";

/** Whether the fold with the rarer fields is open. */
export const isUnfolded = (): boolean => kept.unfolded;

/** Remembers whether the fold is open. */
export const setUnfolded = (unfolded: boolean): void => put({ ...kept, unfolded });

/** Calls `listener` after each change, until the function it gives is called. */
export function onDraft(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
