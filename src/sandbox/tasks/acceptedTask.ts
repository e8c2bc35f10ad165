import { klingImage3 } from "../../core/models/klingImage3.ts";
import type { Size } from "../../core/models/model.ts";
import { seedOf, uuidOf } from "../store/derive.ts";
import { type Directives, withoutDirectives } from "./directives.ts";
import type { InferenceTask } from "./taskSchema.ts";

/**
 * An accepted task. What it yields, and when, follows from these facts and the clock alone, so a
 * restart changes nothing.
 */
export interface AcceptedTask {
  /** As accepted, references that came inline replaced by UUIDs. */
  readonly request: InferenceTask;
  readonly size: Pick<Size, "width" | "height" | "tier">;
  /** Small upright copies of the references, for drawing. */
  readonly references: readonly Uint8Array[];
  /** Milliseconds since the epoch. */
  readonly accepted: number;
  /** Milliseconds until the first picture. */
  readonly delay: number;
  readonly directives: Directives;
}

/** One result of a task, whether finished or not. */
export interface TaskResult {
  readonly index: number;
  readonly imageUUID: string;
  readonly seed: number;
  /** When it is finished, milliseconds since the epoch. */
  readonly dueAt: number;
  /** The error code it ends with, where it fails. */
  readonly failure: string | undefined;
}

/** Pictures after the first follow faster, as they do where several are made side by side. */
const stagger = 0.35;

const failureCount = ({ fail, error }: Directives, count: number): number => fail ?? (error === undefined ? 0 : count);

/** The results of a task, in the order they finish. */
export function resultsOf({ request, accepted, delay, directives }: AcceptedTask): readonly TaskResult[] {
  const { taskUUID, numberResults } = request;
  return Array.from({ length: numberResults }, (_, index) => {
    const resultName = `${taskUUID}:${index}`;
    const seed = seedOf(resultName);
    const jitter = 0.85 + 0.3 * ((seed % 1000) / 1000);
    const wait = delay * (jitter + stagger * index * jitter);
    const isFailed = index >= numberResults - failureCount(directives, numberResults);
    return {
      index,
      imageUUID: uuidOf(resultName),
      seed,
      dueAt: directives.stall ? Number.POSITIVE_INFINITY : accepted + wait,
      failure: isFailed ? (directives.error ?? "providerError") : undefined,
    };
  }).sort((one, other) => one.dueAt - other.dueAt);
}

/** How far a result is, 0 to 99 percent. */
export function progressOf({ accepted, delay }: AcceptedTask, { dueAt }: TaskResult, now: number): number {
  const duration = Number.isFinite(dueAt) ? dueAt - accepted : delay * 4 + 1000;
  return Math.max(0, Math.min(99, Math.floor((100 * (now - accepted)) / duration)));
}

/** What an accepted task costs, in pictures: failures are not billed. */
export const billedPictureCount = ({ request, directives }: Pick<AcceptedTask, "request" | "directives">): number =>
  Math.max(0, request.numberResults - failureCount(directives, request.numberResults));

/** The price of one picture of a tier, USD. */
export const picturePrice = ({ size }: Pick<AcceptedTask, "size">): number => klingImage3.price[size.tier];

/** What is written on the pictures of a task. */
export const labelWords = ({ request }: AcceptedTask): string => withoutDirectives(request.positivePrompt);
