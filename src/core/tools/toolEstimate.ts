import type { Job } from "../jobs/job.ts";
import { costOf } from "../jobs/jobCost.ts";
import type { Pixels } from "../models/size.ts";
import type { Tool, ToolUse } from "./tool.ts";

/** What one picture of a tool is expected to cost. It is never the true price. */
export interface ToolEstimate {
  readonly usd: number;
  /** Pixels of the result that the user paid this for; absent if others did. */
  readonly paidFor?: Pixels;
}

/** How much larger one picture is than another, or smaller: 0 if they have as many pixels. */
const difference = (one: Pixels, other: Pixels): number =>
  Math.abs(Math.log((one.width * one.height) / (other.width * other.height)));

/** What a job paid for a result of the same tool and factor; `undefined` if it did not. */
function paidBy(job: Job, { id, factor }: ToolUse): Required<ToolEstimate> | undefined {
  const { shape, tool } = job.request;
  if (tool?.id !== id || tool.factor !== factor || typeof shape !== "object" || !("width" in shape)) {
    return undefined;
  }
  // The sandbox costs nothing.
  const usd = costOf(job) ?? 0;
  return usd > 0 ? { usd, paidFor: shape } : undefined;
}

/**
 * The expected cost of a result of these pixels: what the user has paid for the nearest number of
 * pixels with the same tool and factor, the last one if there are several; else what others paid.
 * `jobs`: the newest first.
 */
export function estimateToolUse(jobs: readonly Job[], tool: Tool, use: ToolUse, pixels: Pixels): ToolEstimate {
  const paid = jobs.flatMap((job) => paidBy(job, use) ?? []);
  const [nearest] = paid.toSorted((one, other) => difference(one.paidFor, pixels) - difference(other.paidFor, pixels));
  return nearest ?? { usd: tool.price };
}
