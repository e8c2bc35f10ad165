import { kling } from "../core/kling.ts";
import type { Size } from "../core/model.ts";
import { seedOf, uuidOf } from "./derive.ts";
import { type Directives, withoutDirectives } from "./directives.ts";
import type { Inference } from "./schema.ts";

/** An accepted task. What it yields, and when, follows from these facts and the clock alone, so a restart changes nothing. */
export interface Task {
  /** As accepted, references that came inline replaced by UUIDs. */
  readonly request: Inference;
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
export interface Result {
  readonly index: number;
  readonly imageUUID: string;
  readonly seed: number;
  /** When it is finished, milliseconds since the epoch. */
  readonly due: number;
  /** The error code it ends with, where it fails. */
  readonly failure: string | undefined;
}

/** Pictures after the first follow faster, as they do where several are made side by side. */
const stagger = 0.35;

const failures = ({ fail, error }: Directives, count: number): number => fail ?? (error === undefined ? 0 : count);

/** The results of a task, in the order they finish. */
export function resultsOf({ request, accepted, delay, directives }: Task): readonly Result[] {
  const { taskUUID, numberResults } = request;
  return Array.from({ length: numberResults }, (_, index) => {
    const name = `${taskUUID}:${index}`;
    const seed = seedOf(name);
    const jitter = 0.85 + 0.3 * ((seed % 1000) / 1000);
    const wait = delay * (jitter + stagger * index * jitter);
    const fails = index >= numberResults - failures(directives, numberResults);
    return {
      index,
      imageUUID: uuidOf(name),
      seed,
      due: directives.stall ? Number.POSITIVE_INFINITY : accepted + wait,
      failure: fails ? (directives.error ?? "providerError") : undefined,
    };
  }).sort((one, other) => one.due - other.due);
}

/** How far a result is, 0 to 99 percent. */
export function progressOf({ accepted, delay }: Task, { due }: Result, now: number): number {
  const whole = Number.isFinite(due) ? due - accepted : delay * 4 + 1000;
  return Math.max(0, Math.min(99, Math.floor((100 * (now - accepted)) / whole)));
}

/** What an accepted task costs, in pictures: failures are not billed. */
export const billedPictures = ({ request, directives }: Pick<Task, "request" | "directives">): number =>
  Math.max(0, request.numberResults - failures(directives, request.numberResults));

/** The price of one picture of a tier, USD. */
export const priceOf = ({ size }: Pick<Task, "size">): number => kling.price[size.tier];

/** What is written on the pictures of a task. */
export const wordsOf = ({ request }: Task): string => withoutDirectives(request.positivePrompt);
