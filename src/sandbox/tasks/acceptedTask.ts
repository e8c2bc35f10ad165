import type { Model, Size } from "../../core/models/model.ts";
import { estimateCost } from "../../core/money/price.ts";
import { seedOf, uuidOf } from "../store/derive.ts";
import { type Directives, withoutDirectives } from "./directives.ts";
import type { InferenceTask } from "./taskSchema.ts";

/**
 * An accepted task. Its results depend only on these fields and the clock, so a restart changes
 * nothing.
 */
export interface AcceptedTask {
  /** As accepted, with UUIDs in place of inline references. */
  readonly request: InferenceTask;
  /** The model that the request names. */
  readonly model: Model;
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
  /** Its error code; `undefined` if it succeeds. */
  readonly failure: string | undefined;
}

/** Part of the delay between two pictures, because the service makes several at once. */
const stagger = 0.35;

/** The factor by which the time of a result differs from the delay, 0.85 to 1.15. */
export const jitterOf = (seed: number): number => 0.85 + 0.3 * ((seed % 1000) / 1000);

const failureCount = ({ fail, error }: Directives, count: number): number => fail ?? (error === undefined ? 0 : count);

/** The results of a task, in the order in which they finish. */
export function resultsOf({ request, accepted, delay, directives }: AcceptedTask): readonly TaskResult[] {
  const { taskUUID, numberResults } = request;
  return Array.from({ length: numberResults }, (_, index) => {
    const resultName = `${taskUUID}:${index}`;
    const seed = seedOf(resultName);
    const jitter = jitterOf(seed);
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

/** The progress of a result, 0 to 99 percent. */
export function progressOf({ accepted, delay }: AcceptedTask, { dueAt }: TaskResult, now: number): number {
  const duration = Number.isFinite(dueAt) ? dueAt - accepted : delay * 4 + 1000;
  return Math.max(0, Math.min(99, Math.floor((100 * (now - accepted)) / duration)));
}

/** The pictures of a task that are billed: all that do not fail. */
export const billedPictureCount = ({ request, directives }: Pick<AcceptedTask, "request" | "directives">): number =>
  Math.max(0, request.numberResults - failureCount(directives, request.numberResults));

/** USD for one picture of the task. */
export const picturePrice = ({ model, size }: Pick<AcceptedTask, "model" | "size">): number =>
  estimateCost(model, size, 1);

/** The text on the pictures of a task. */
export const labelWords = ({ request }: AcceptedTask): string => withoutDirectives(request.positivePrompt);
