import type { Pixels } from "../../core/models/size.ts";
import { seedOf, uuidOf } from "../store/derive.ts";
import { type Directives, withoutDirectives } from "./directives.ts";
import type { PictureTask } from "./taskSchema.ts";

/**
 * An accepted task. Its results depend only on these fields and the clock, so a restart changes
 * nothing.
 */
export interface AcceptedTask {
  /** As accepted, with UUIDs in place of inline references. */
  readonly request: PictureTask;
  /** Pixels of its results. */
  readonly size: Pixels;
  /** USD for one result. */
  readonly price: number;
  /** Small upright copies of the references, or of the picture that a tool changes, for drawing. */
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

/** A tool makes one picture. */
const resultCount = (request: PictureTask): number => ("numberResults" in request ? request.numberResults : 1);

/** The results of a task, in the order in which they finish. */
export function resultsOf({ request, accepted, delay, directives }: AcceptedTask): readonly TaskResult[] {
  const { taskUUID } = request;
  const numberResults = resultCount(request);
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
  Math.max(0, resultCount(request) - failureCount(directives, resultCount(request)));

/** The text on the pictures of a task. */
export const labelWords = ({ request }: AcceptedTask): string =>
  "positivePrompt" in request ? withoutDirectives(request.positivePrompt) : "";
