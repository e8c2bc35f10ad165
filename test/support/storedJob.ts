import type { Job } from "../../src/core/jobs/job.ts";
import { klingImage3 } from "../../src/core/models/family.ts";

/** The request of a stored job: one square PNG. */
export const storedRequest: Job["request"] = {
  prompt: "A hut",
  references: [],
  shape: { width: 1024, height: 1024 },
  count: 1,
  format: "PNG",
  quality: 95,
  outputType: "URL",
  deliveryMethod: "async",
};

/** A job of the sandbox that is done and has no pictures, with the given fields instead. */
export const storedJob = (fields: Partial<Job> = {}): Job => ({
  version: 1,
  taskUUID: "stored-job",
  state: "done",
  createdAt: 1,
  updatedAt: 1,
  endpoint: "sandbox",
  model: klingImage3.id,
  request: storedRequest,
  target: { folder: "file:///pictures", name: "hut", keep: "ask" },
  estimate: 0.028,
  pictures: [],
  failures: [],
  ...fields,
});
