import { randomUUID } from "node:crypto";
import type { Job, Picture } from "../../../src/core/jobs/job.ts";
import { request } from "./setUp.ts";

/** What a job of Runware cost that differs from test to test. */
export interface Bought extends Partial<Omit<Job, "request" | "pictures">> {
  readonly count?: number;
  readonly prompt?: string;
  /** USD of each picture that came; `undefined` where the service did not say. */
  readonly costs?: readonly (number | undefined)[];
  /** How many of them were kept. */
  readonly kept?: number;
}

const picture = (cost: number | undefined, index: number, kept: number): Picture => ({
  id: `picture-${index}`,
  kept: index < kept ? [`file:///site/hut-${index}.jpg`] : [],
  ...(cost === undefined ? {} : { cost }),
});

/** A job for real money at 0.028 a picture, done with one picture unless said otherwise. */
export function bought({ count, prompt = "A hut", costs = [0.028], kept = 0, ...more }: Bought = {}): Job {
  const asked = count ?? costs.length;
  const { references: _, ...rest } = request({ count: asked, prompt });
  return {
    ...{ version: 1, taskUUID: randomUUID(), state: "done", createdAt: Date.UTC(2026, 1, 5, 12), updatedAt: 0 },
    ...{ endpoint: "https://api.runware.ai/v1", model: "klingai:kling-image@3", request: { ...rest, references: [] } },
    target: { folder: "file:///site", name: "hut", keep: "all" },
    estimate: Math.round(asked * 28) / 1000,
    pictures: costs.map((cost, index) => picture(cost, index, kept)),
    failures: [],
    ...more,
  };
}

/** A job that is under way, or of which nobody knows what became. */
export const open = (count: number, more: Bought = {}): Job => bought({ state: "running", count, costs: [], ...more });
