import { Listeners } from "../core/listeners.ts";
import { outputFormats, tiers } from "../core/models/model.ts";
import { safetyChoices } from "../core/request/safety.ts";
import type { DraftFields, DraftUpdate } from "../protocol.ts";
import { post, readState, saveState } from "../webview/vscodeApi.ts";

/** What the page keeps while it is hidden, and over a reload. */
interface PageState {
  readonly fields: DraftFields;
  /** When the fields were changed last, in milliseconds since 1970; grows with each change. */
  readonly changedAt: number;
  /** Whether the user has typed in the prompt: it is not only a saved or reused one. */
  readonly typed: boolean;
  /** Id of the last draft update that was applied. */
  readonly filled: number | undefined;
  /** Number of the last request to show the pictures that was followed. */
  readonly revealed: number | undefined;
  /** Whether the settings are open. */
  readonly unfolded: boolean;
  /** See `KeptHeights`. */
  readonly heights: KeptHeights | undefined;
}

/** Heights of parts of the form in CSS pixels, as they were in a page of a width. */
export interface KeptHeights {
  readonly width: number;
  readonly parts: Readonly<Record<string, number>>;
}

/** Fields to change; `undefined` removes one. */
export type DraftChanges = { readonly [Name in keyof DraftFields]?: DraftFields[Name] | undefined };

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null;

const isString = (value: unknown): value is string => typeof value === "string";
const isInteger = (value: unknown): value is number => Number.isInteger(value);
const isHeight = (value: unknown): value is number => typeof value === "number" && value >= 0 && value < 10_000;
const isOneOf =
  <Value extends string>(...values: readonly Value[]) =>
  (value: unknown): value is Value =>
    values.some((allowed) => allowed === value);

const isResolution = isOneOf(...tiers);
const isFormat = isOneOf(...outputFormats);
const isSafety = isOneOf(...safetyChoices);
const isLikeReference = isOneOf("like-reference");

function parseHeights(value: unknown): KeptHeights | undefined {
  if (!isRecord(value) || !isHeight(value.width) || !isRecord(value.parts)) {
    return undefined;
  }
  const parts = Object.entries(value.parts).flatMap(([name, height]) => (isHeight(height) ? [[name, height]] : []));
  return { width: value.width, parts: Object.fromEntries(parts) };
}

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

/** Removes fields that are `undefined`, as JSON does: the host accepts absent fields only. */
const withoutUndefined = (changes: DraftChanges): DraftFields => JSON.parse(JSON.stringify(changes));

/**
 * Reads the state that an earlier version of Limn may have kept, without the fields that are not
 * valid: the host would drop a draft with one.
 */
function parsePageState(state: unknown): PageState {
  const stored = isRecord(state) ? state : {};
  const fields = isRecord(stored.fields) ? stored.fields : {};
  return {
    fields: withoutUndefined({
      prompt: validOrUndefined(isString, fields.prompt),
      model: validOrUndefined(isString, fields.model),
      shape: parseShape(fields.shape),
      exportTarget: validOrUndefined(isString, fields.exportTarget),
      hint: fields.hint === false ? false : undefined,
      count: validOrUndefined(isInteger, fields.count),
      format: validOrUndefined(isFormat, fields.format),
      quality: validOrUndefined(isInteger, fields.quality),
      path: validOrUndefined(isString, fields.path),
      // Earlier versions kept the value of the API.
      safety: validOrUndefined(isSafety, fields.safety === "none" ? "off" : fields.safety),
    }),
    changedAt: validOrUndefined(isInteger, stored.changedAt) ?? 0,
    typed: stored.typed === true,
    filled: validOrUndefined(isInteger, stored.filled),
    revealed: validOrUndefined(isInteger, stored.revealed),
    unfolded: stored.unfolded === true,
    heights: parseHeights(stored.heights),
  };
}

let pageState = parsePageState(readState());
/** The draft before the last update, if that replaced typed text, and what came with the update. */
let replaced: { readonly fields: DraftFields; readonly references: readonly string[] } | undefined;
const listeners = new Listeners((error) => reportError(error));

function updatePageState(next: PageState, changedAt = Math.max(Date.now(), pageState.changedAt + 1)): void {
  const isDraftSame = next.fields === pageState.fields;
  pageState = isDraftSame ? next : { ...next, changedAt };
  saveState(pageState);
  if (!isDraftSame) {
    post({ type: "keepDraft", draft: pageState.fields, changedAt });
  }
  listeners.notify();
}

/** The current draft. */
export const draft = (): DraftFields => pageState.fields;

/** Changes fields of the draft for the user. */
export function changeDraft(changes: DraftChanges): void {
  if ("prompt" in changes) {
    replaced = undefined;
  }
  const typed = "prompt" in changes ? (changes.prompt ?? "") !== "" : pageState.typed;
  updatePageState({ ...pageState, typed, fields: withoutUndefined({ ...pageState.fields, ...changes }) });
}

/**
 * Applies an update of the draft, each id once, and that of a page only if it is newer. Returns
 * whether it did.
 */
export function applyDraftUpdate({
  id,
  draft: fields,
  replacesDraft = false,
  changedAt,
  continued,
  references = [],
}: DraftUpdate): boolean {
  const isOfPage = changedAt !== undefined;
  if (pageState.filled === id || (isOfPage && changedAt <= pageState.changedAt)) {
    return false;
  }
  // No update has this id.
  if (continued !== undefined) applyDraftUpdate({ id: 0, replacesDraft: true, ...continued });
  const isTextReplaced =
    !isOfPage && hasTypedPrompt() && fields.prompt !== undefined && fields.prompt !== draft().prompt;
  replaced = isTextReplaced ? { fields: draft(), references } : undefined;
  const typed = fields.prompt === undefined ? pageState.typed : isOfPage;
  const { exportTarget, ...rest } = pageState.fields;
  // The shape of an update is not for the target of the draft.
  const kept = fields.shape === undefined && exportTarget !== undefined ? { ...rest, exportTarget } : rest;
  const next = { ...pageState, typed, filled: id, fields: { ...(replacesDraft ? {} : kept), ...fields } };
  updatePageState(next, changedAt);
  return true;
}

/** Whether the last update of the draft has replaced text that the user typed. */
export const canUndoUpdate = (): boolean => replaced !== undefined;

/** Restores the draft with the text that was replaced, and removes the references that came. */
export function undoUpdate(): void {
  if (replaced !== undefined) {
    const { fields, references } = replaced;
    replaced = undefined;
    updatePageState({ ...pageState, typed: true, fields });
    references.forEach((id) => void post({ type: "removeReference", id }));
  }
}

/** Whether to scroll to the pictures: true once for each number. */
export function consumeReveal(number: number): boolean {
  if (pageState.revealed === number) {
    return false;
  }
  updatePageState({ ...pageState, revealed: number });
  return true;
}

/** Whether the prompt has text that the user typed. */
const hasTypedPrompt = (): boolean => pageState.typed && (pageState.fields.prompt ?? "").trim() !== "";

/** Whether the settings of the form are open. */
export const areSettingsOpen = (): boolean => pageState.unfolded;

/** Keeps whether the settings of the form are open. */
export const setSettingsOpen = (isOpen: boolean): void => updatePageState({ ...pageState, unfolded: isOpen });

/** The heights that parts of the form had in a page of this width; empty if there was none. */
export const keptHeights = (width: number): KeptHeights["parts"] =>
  pageState.heights?.width === width ? pageState.heights.parts : {};

/** Keeps the heights of parts of the form, beside those of others. The draft does not change. */
export function keepHeights({ width, parts }: KeptHeights): void {
  pageState = { ...pageState, heights: { width, parts: { ...keptHeights(width), ...parts } } };
  saveState(pageState);
}

/** Calls `listener` after each change, until the function it returns is called. */
export const onDraftChange = (listener: () => void): (() => void) => listeners.subscribe(listener);
