import type { DraftFields, DraftUpdate } from "../protocol.ts";
import { readState, saveState } from "./shared/vscodeApi.ts";

/** What the page keeps over hiding and reloading. */
interface PageState {
  readonly fields: DraftFields;
  /**
   * Whether the prompt holds words a person typed, and not only what a recipe or a saved prompt put
   * there.
   */
  readonly typed: boolean;
  /** Number of the last fill that was taken. */
  readonly filled: number | undefined;
  /** Number of the last time that the pictures were scrolled to. */
  readonly revealed: number | undefined;
  /** Whether the fold with the rarer fields is open. */
  readonly unfolded: boolean;
}

/** Fields to change; `undefined` takes one out. */
export type DraftChanges = { readonly [Name in keyof DraftFields]?: DraftFields[Name] | undefined };

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null;

const isString = (value: unknown): value is string => typeof value === "string";
const isInteger = (value: unknown): value is number => Number.isInteger(value);
const isOneOf =
  <Value extends string>(...values: readonly Value[]) =>
  (value: unknown): value is Value =>
    values.some((allowed) => allowed === value);

const isResolution = isOneOf("1k", "2k");
const isFormat = isOneOf("JPG", "PNG", "WEBP");
const isSafety = isOneOf("off", "fast");
const isOutputType = isOneOf("URL", "base64Data", "dataURI");
const isDeliveryMethod = isOneOf("sync", "async");
const isLikeReference = isOneOf("like-reference");

function parseShape(value: unknown): DraftFields["shape"] {
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
  return isInteger(width) && isInteger(height) ? { width, height } : undefined;
}

const validOrUndefined = <Value>(isValid: (value: unknown) => value is Value, value: unknown): Value | undefined =>
  isValid(value) ? value : undefined;

/**
 * Drops what is `undefined`, since an absent field and a field without a value are two things to
 * the host.
 */
function withoutUndefined(changes: DraftChanges): DraftFields {
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

/**
 * An older version of Limn may have kept it, so every field is looked at; the host would drop a
 * draft with a strange one.
 */
function parsePageState(state: unknown): PageState {
  const stored = isRecord(state) ? state : {};
  const fields = isRecord(stored.fields) ? stored.fields : {};
  return {
    fields: withoutUndefined({
      prompt: validOrUndefined(isString, fields.prompt),
      shape: parseShape(fields.shape),
      count: validOrUndefined(isInteger, fields.count),
      format: validOrUndefined(isFormat, fields.format),
      quality: validOrUndefined(isInteger, fields.quality),
      path: validOrUndefined(isString, fields.path),
      // Earlier versions called it by the API's word.
      safety: validOrUndefined(isSafety, fields.safety === "none" ? "off" : fields.safety),
      ttl: validOrUndefined(isInteger, fields.ttl),
      outputType: validOrUndefined(isOutputType, fields.outputType),
      deliveryMethod: validOrUndefined(isDeliveryMethod, fields.deliveryMethod),
    }),
    typed: stored.typed === true,
    filled: validOrUndefined(isInteger, stored.filled),
    revealed: validOrUndefined(isInteger, stored.revealed),
    unfolded: stored.unfolded === true,
  };
}

let pageState = parsePageState(readState());
const listeners = new Set<() => void>();

function updatePageState(next: PageState): void {
  pageState = next;
  saveState(pageState);
  for (const listener of listeners) {
    listener();
  }
}

/** The draft as it is. */
export const draft = (): DraftFields => pageState.fields;

/** Changes fields of the draft, by a person's hand. */
export function changeDraft(changes: DraftChanges): void {
  const typed = "prompt" in changes ? (changes.prompt ?? "") !== "" : pageState.typed;
  updatePageState({ ...pageState, typed, fields: withoutUndefined({ ...pageState.fields, ...changes }) });
}

/** Takes over the fields of a fill, once for each number; tells whether it did. */
export function fillDraft({ id: number, draft: fields, replacesDraft: whole = false }: DraftUpdate): boolean {
  if (pageState.filled === number) {
    return false;
  }
  const typed = fields.prompt === undefined ? pageState.typed : false;
  updatePageState({ ...pageState, typed, filled: number, fields: { ...(whole ? {} : pageState.fields), ...fields } });
  return true;
}

/** Whether the pictures are still to be scrolled to, once for each number. */
export function consumeReveal(number: number): boolean {
  if (pageState.revealed === number) {
    return false;
  }
  updatePageState({ ...pageState, revealed: number });
  return true;
}

/** Whether the prompt holds words a person typed: they are never written over without asking. */
export const hasTypedPrompt = (): boolean => pageState.typed && (pageState.fields.prompt ?? "").trim() !== "";

/** Whether the fold with the rarer fields is open. */
export const isMoreOpen = (): boolean => pageState.unfolded;

/** Remembers whether the fold is open. */
export const setMoreOpen = (isOpen: boolean): void => updatePageState({ ...pageState, unfolded: isOpen });

/** Calls `listener` after each change, until the function it gives is called. */
export function onDraftChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
