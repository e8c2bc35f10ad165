import { describe, expect, it } from "vitest";
import type { Job } from "../../../src/core/jobs/job.ts";
import { LastActivity } from "../../../src/core/jobs/lastActivity.ts";
import { storedJob } from "../../support/storedJob.ts";

const job = storedJob({ state: "running", updatedAt: 2000 });

describe("The last activity of a job", () => {
  it("is the time its file was written, for a job of an earlier session", () => {
    const signs = new LastActivity();
    expect(signs.get(job)).toBe(2000);
    signs.record(job, 9000);
    expect(signs.get(job)).toBe(2000);
  });

  it("is the last change of progress, state, pictures or failures, not the last poll", () => {
    const signs = new LastActivity();
    const picture = { id: "p", kept: [] };
    const changes: readonly Job[] = [
      { ...job, progress: 40 },
      { ...job, progress: 99 },
      { ...job, progress: 99, pictures: [picture] },
      { ...job, progress: 99, pictures: [{ ...picture, file: "p.png" }] },
      { ...job, progress: 99, pictures: [{ ...picture, file: "p.png" }], failures: [{ code: "c", message: "m" }] },
    ];
    signs.record(job, 2000);
    for (const [at, changed] of changes.entries()) {
      const now = 10_000 * (at + 1);
      signs.record(changed, now);
      // The journal writes the same job again, and a poll reports it again.
      signs.record({ ...changed, updatedAt: now + 4000 }, now + 5000);
      expect(signs.get(changed)).toBe(now);
    }
  });
});
