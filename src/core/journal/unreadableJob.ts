import type { Job } from "../jobs/job.ts";
import { isOtherVersion } from "../jobs/jobSchema.ts";
import { family } from "../models/family.ts";
import { mostExpensiveRequest } from "../money/price.ts";
import { isPlausibleCost, sumUsd } from "../money/usd.ts";

/** Why a job file cannot be read: it is damaged, or another version of Limn wrote it. */
export type UnreadableReason = "damaged" | "version";

/** A job file that cannot be read as a job, and what its text says about money. */
export interface UnreadableJob {
  readonly taskUUID: string;
  readonly reason: UnreadableReason;
  /** Replaces the job: a receipt whose whole amount may have been billed. */
  readonly receipt: Job;
}

/**
 * The values of a field in a text that may be truncated. A quote within a prompt is escaped, so a
 * prompt cannot look like a field. A number at the very end may itself be truncated, so something
 * must follow it.
 */
const numbersOf = (text: string, field: string): number[] =>
  [...text.matchAll(new RegExp(`(?<!\\\\)"${field}"\\s*:\\s*(-?[\\d.]+(?:[eE][+-]?\\d+)?)(?=[\\s,}\\]])`, "g"))]
    .map(([, digits]) => Number(digits))
    .filter(Number.isFinite);

const textValueOf = (text: string, field: string): string | undefined =>
  new RegExp(`(?<!\\\\)"${field}"\\s*:\\s*"([^"\\\\]*)"`).exec(text)?.[1];

/**
 * USD that the file may stand for: the expected or reported costs in it. A file that says nothing
 * counts as the most expensive request to any model.
 */
function amountOf(text: string): number {
  const estimates = numbersOf(text, "estimate").filter((usd) => usd > 0 && usd <= mostExpensiveRequest(family) * 100);
  const expected = Math.max(0, ...estimates);
  const reported = sumUsd(numbersOf(text, "cost").filter((usd) => isPlausibleCost(usd, expected)));
  const amount = Math.max(expected, reported);
  return amount === 0 ? mostExpensiveRequest(family) : amount;
}

/**
 * Reads the remains of a damaged job file. It represents a purchase, so a missing value counts
 * conservatively: real money, now, and the most expensive request of the model.
 */
export function readUnreadable(taskUUID: string, text: string, now: number): UnreadableJob {
  const [createdAt = now] = numbersOf(text, "createdAt").filter((at) => at > 0 && at <= now);
  const workspace = textValueOf(text, "workspace");
  return {
    taskUUID,
    reason: isOtherVersion(text) ? "version" : "damaged",
    receipt: {
      version: 1,
      taskUUID,
      state: "unknown",
      createdAt,
      updatedAt: now,
      forgotten: true,
      endpoint: textValueOf(text, "endpoint") ?? "",
      model: textValueOf(text, "model") ?? "",
      estimate: amountOf(text),
      request: {
        prompt: "",
        references: [],
        shape: "like-reference",
        count: 1,
        format: "JPG",
        quality: 0,
        outputType: "URL",
        deliveryMethod: "async",
      },
      target: { folder: "", name: "", keep: "ask" },
      pictures: [],
      failures: [],
      ...(workspace === undefined ? {} : { workspace }),
    },
  };
}
