import { randomUUID } from "node:crypto";
import type { Job, Picture } from "../../../src/core/jobs/job.ts";
import { storedJob } from "../../support/storedJob.ts";
import { createRequest } from "./setUp.ts";

/** Overrides for `paidJob`. */
export interface PaidJobOptions extends Partial<Omit<Job, "request" | "pictures">> {
  readonly count?: number;
  readonly prompt?: string;
  /** USD of each received picture; `undefined` if the service did not report it. */
  readonly costs?: readonly (number | undefined)[];
  /** How many of them were kept. */
  readonly kept?: number;
}

const picture = (cost: number | undefined, index: number, kept: number): Picture => ({
  id: `picture-${index}`,
  kept: index < kept ? [`file:///site/hut-${index}.jpg`] : [],
  ...(cost === undefined ? {} : { cost }),
});

/** A job billed at USD 0.028 a picture; by default done, with one picture. */
export function paidJob({ count, prompt = "A hut", costs = [0.028], kept = 0, ...more }: PaidJobOptions = {}): Job {
  const requestedCount = count ?? costs.length;
  const { references: _, ...rest } = createRequest({ count: requestedCount, prompt });
  return storedJob({
    taskUUID: randomUUID(),
    createdAt: Date.UTC(2026, 1, 5, 12),
    updatedAt: 0,
    endpoint: "https://api.runware.ai/v1",
    request: { ...rest, references: [] },
    target: { folder: "file:///site", name: "hut", keep: "all" },
    estimate: Math.round(requestedCount * 28) / 1000,
    pictures: costs.map((cost, index) => picture(cost, index, kept)),
    ...more,
  });
}

/** A running job; pass `state` for a job with unknown outcome. */
export const openPaidJob = (count: number, more: PaidJobOptions = {}): Job =>
  paidJob({ state: "running", count, costs: [], ...more });
