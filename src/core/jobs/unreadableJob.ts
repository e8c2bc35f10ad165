import { klingImage3 } from "../models/klingImage3.ts";
import { mostExpensiveRequest } from "../money/price.ts";
import { isPlausibleCost, sumUsd } from "../money/usd.ts";
import { isOtherVersion, type Job } from "./job.ts";

/** Why a job file cannot be read: it is cut or damaged, or another version of Limn wrote it. */
export type UnreadableReason = "damaged" | "version";

/** A job file that cannot be read as a job, with what its text tells of the money. */
export interface UnreadableJob {
  readonly taskUUID: string;
  readonly reason: UnreadableReason;
  /** What counts in its place: a receipt whose whole amount may have been billed. */
  readonly receipt: Job;
}

/**
 * The values of a field anywhere in a text that may be cut anywhere. A quote within a prompt is
 * escaped, so no prompt can pose as a field. A number at the very end may be cut itself, so it must
 * be followed by something.
 */
const numbersOf = (text: string, field: string): number[] =>
  [...text.matchAll(new RegExp(`(?<!\\\\)"${field}"\\s*:\\s*(-?[\\d.]+(?:[eE][+-]?\\d+)?)(?=[\\s,}\\]])`, "g"))]
    .map(([, digits]) => Number(digits))
    .filter(Number.isFinite);

const textValueOf = (text: string, field: string): string | undefined =>
  new RegExp(`(?<!\\\\)"${field}"\\s*:\\s*"([^"\\\\]*)"`).exec(text)?.[1];

/**
 * USD that the file may stand for: what it says of expected or told costs, and the dearest request
 * there is if it says nothing.
 */
function amountOf(text: string): number {
  const estimates = numbersOf(text, "estimate").filter(
    (usd) => usd > 0 && usd <= mostExpensiveRequest(klingImage3) * 100,
  );
  const expected = Math.max(0, ...estimates);
  const reported = sumUsd(numbersOf(text, "cost").filter((usd) => isPlausibleCost(usd, expected)));
  const amount = Math.max(expected, reported);
  return amount === 0 ? mostExpensiveRequest(klingImage3) : amount;
}

/**
 * Reads what can be read of a job file that is no job. A purchase stands behind it, so each thing
 * that is missing is taken for the careful value: real money, now, and the dearest request that the
 * model can make.
 */
export function readUnreadable(taskUUID: string, text: string, now: number): UnreadableJob {
  const [createdAt = now] = numbersOf(text, "createdAt").filter((at) => at > 0 && at <= now);
  const workspace = textValueOf(text, "workspace");
  return {
    taskUUID,
    reason: isOtherVersion(text) ? "version" : "damaged",
    receipt: {
      ...{ version: 1, taskUUID, state: "unknown", createdAt, updatedAt: now, forgotten: true },
      ...{
        endpoint: textValueOf(text, "endpoint") ?? "",
        model: textValueOf(text, "model") ?? "",
        estimate: amountOf(text),
      },
      request: {
        ...{ prompt: "", references: [], shape: "like-reference", count: 1, format: "JPG", quality: 0 },
        ...{ outputType: "URL", deliveryMethod: "async" },
      },
      target: { folder: "", name: "", keep: "ask" },
      ...{ pictures: [], failures: [] },
      ...(workspace === undefined ? {} : { workspace }),
    },
  };
}
