import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Job } from "../../src/core/jobs/job.ts";
import { applyUpdate, readTaskUpdate } from "../../src/core/service/taskUpdate.ts";
import { readAnswerBody } from "../core/support/answerBody.ts";
import { fuzzRuns } from "../support/fuzzRuns.ts";
import { arbitraryJob } from "./arbitraryJob.ts";

const keys = fc.constantFrom(
  ...["data", "errors", "error", "taskUUID", "status", "message", "code", "parameter"],
  ...["imageURL", "imageUUID", "imageBase64Data", "imageDataURI", "seed", "cost", "progress", "responseContent"],
);
const almostAnswer = fc.dictionary(keys, fc.oneof(fc.jsonValue(), fc.array(fc.dictionary(keys, fc.jsonValue()))));

/** Extra fields of an item: unknown keys, and known keys with values of the wrong type. */
const unexpectedFields = fc.record(
  {
    progress: fc.jsonValue(),
    NSFWContent: fc.constantFrom("no", 0, null),
    status: fc.constantFrom("success", "succeeded", 7, null),
    taskType: fc.jsonValue(),
    width: fc.jsonValue(),
  },
  { requiredKeys: [] },
);

const picture = fc.record({
  imageUUID: fc.uuid({ version: 4 }),
  imageURL: fc.webUrl(),
  seed: fc.maxSafeInteger(),
  cost: fc.double({ min: 0, max: 1, noNaN: true }),
});

/** The possible combinations of `data` and failures. */
const envelopes: readonly ((items: unknown[], error: object) => unknown)[] = [
  (data) => ({ data }),
  (data) => data,
  (data, error) => ({ data, errors: [error] }),
  (data, error) => ({ data: [...data, { ...error, status: "error" }] }),
  (data, error) => ({ data: [{ ...error, status: "error", error }, ...data], errors: null }),
  (data, error) => ({ data, error, note: [[]] }),
];

describe("An answer", () => {
  test("never throws for any text", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: "binary" }), fc.json()), (body) => void readAnswerBody(body)),
      { numRuns: fuzzRuns },
    );
  });

  test("never throws for any JSON, nor when it is applied to a job", async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(almostAnswer, fc.jsonValue()), arbitraryJob, async (value, job) => {
        const answer = readAnswerBody(JSON.stringify(value));
        if (answer !== undefined) {
          const news = await readTaskUpdate(answer, job.taskUUID, 200, job);
          expect(applyUpdate(job, news).pictures.length).toBeGreaterThanOrEqual(job.pictures.length);
        }
      }),
      { numRuns: fuzzRuns },
    );
  });

  test("yields each picture once with price and seed from wrapped, mixed or repeated items", async () => {
    const mixed = fc.record({
      job: arbitraryJob,
      pictures: fc.uniqueArray(fc.tuple(picture, unexpectedFields), {
        selector: ([{ imageUUID }]) => imageUUID,
        maxLength: 20,
      }),
      others: fc.array(picture, { maxLength: 5 }),
      wrap: fc.constantFrom(...envelopes),
      order: fc.infiniteStream(fc.nat()),
    });
    await fc.assert(
      fc.asyncProperty(mixed, async ({ job: { pictures: _, ...known }, pictures, others, wrap, order }) => {
        // A cost counts only if it is near the estimate.
        const job: Job = { ...known, estimate: known.request.count * 0.028, pictures: [] };
        const own = pictures.map(([item, odd]) => ({ ...odd, ...item, taskUUID: job.taskUUID }));
        const items = [...own, ...own.slice(0, 3), ...others.map((item) => ({ ...item, taskUUID: "another" }))]
          .map((item) => ({ item, at: order.next().value ?? 0 }))
          .sort((a, b) => a.at - b.at)
          .map(({ item }) => item);
        const error = { code: "providerError", message: "Oh.", taskUUID: job.taskUUID };
        const answer = readAnswerBody(JSON.stringify(wrap(items, error)));
        const after = applyUpdate(
          job,
          await readTaskUpdate(answer ?? { items: [], errors: [] }, job.taskUUID, 200, job),
        );
        const found = after.pictures.map(({ imageUUID, url, seed, cost }) => [imageUUID, url, seed, cost]);
        const paid = pictures.map(([{ imageUUID, imageURL, seed, cost }]) => [imageUUID, imageURL, String(seed), cost]);
        expect(found.sort()).toEqual(JSON.parse(JSON.stringify(paid.sort())));
      }),
      { numRuns: fuzzRuns },
    );
  });
});
