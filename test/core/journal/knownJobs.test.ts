import { expect, test } from "vitest";
import type { Job } from "../../../src/core/jobs/job.ts";
import { KnownJobs } from "../../../src/core/journal/knownJobs.ts";
import { createRequest } from "../support/setUp.ts";

const { references: _, ...request } = createRequest();

const jobOf = (id: string, createdAt: number): Job => ({
  ...{ version: 1, taskUUID: id, state: "done", createdAt, updatedAt: 1, endpoint: "sandbox" },
  ...{ model: "klingai:kling-image@3", estimate: 0.028, pictures: [], failures: [] },
  request: { ...request, references: [] },
  target: { folder: "file:///pictures", name: "hut", keep: "all" },
});

/** Any order that is the same in each run. */
const shuffled = (count: number): number[] => Array.from({ length: count }, (_, index) => (index * 7919) % count);

test.each([1, 5, 30])("The list is sorted after %i jobs have been added and changed", (count) => {
  const jobs = new KnownJobs();
  const times = () => jobs.list().map(({ createdAt }) => createdAt);
  for (const at of shuffled(10)) {
    jobs.set(`first-${at}`, jobOf(`first-${at}`, at));
  }
  expect(times()).toEqual([9, 8, 7, 6, 5, 4, 3, 2, 1, 0]);
  for (const at of shuffled(count)) {
    jobs.set(`new-${at}`, jobOf(`new-${at}`, at / count));
    jobs.set("first-5", jobOf("first-5", 5 + at));
  }
  expect(jobs.list()).toHaveLength(10 + count);
  expect(times()).toEqual(times().toSorted((one, other) => other - one));
  jobs.set("last", jobOf("last", 100));
  jobs.delete("first-9");
  expect(times()).toEqual(times().toSorted((one, other) => other - one));
  expect(jobs.list()).toHaveLength(10 + count);
  expect(jobs.list()[0]).toBe(jobs.get("last"));
});

test("The list is not made again for each of many jobs that are read after it was listed", () => {
  const jobs = new KnownJobs();
  let comparisons = 0;
  const count = 2000;
  expect(jobs.list()).toEqual([]);
  for (const at of shuffled(count)) {
    const job = Object.defineProperty(jobOf(`${at}`, at), "createdAt", {
      get: () => {
        comparisons++;
        return at;
      },
    });
    jobs.set(`${at}`, job);
  }
  expect(jobs.list().map(({ taskUUID }) => Number(taskUUID))).toEqual(shuffled(count).toSorted((a, b) => b - a));
  // Two for each comparison of a sort; one by one it would be a million.
  expect(comparisons).toBeLessThan(2 * count * Math.ceil(Math.log2(count)) + 100);
});

test("A job that changes while the jobs are written is written with the version of its new content", () => {
  const jobs = new KnownJobs();
  for (const at of [3, 2, 1]) jobs.set(`${at}`, jobOf(`${at}`, at), "before");
  const written = jobs.stored();
  expect(written.next().value).toMatchObject({ id: "3" });
  const changed = { ...jobOf("2", 2), updatedAt: 7 };
  jobs.set("2", changed, "after");
  jobs.delete("1");
  expect([...written]).toEqual([{ id: "2", version: "after", job: changed }]);
});
