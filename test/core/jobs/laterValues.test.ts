import { describe, expect, test } from "vitest";
import type { Job } from "../../../src/core/jobs/job.ts";
import { parseJob } from "../../../src/core/jobs/jobSchema.ts";
import { klingImage3 } from "../../../src/core/models/family.ts";
import { estimateCost } from "../../../src/core/money/price.ts";
import { toCurl } from "../../../src/core/request/codeSnippet.ts";
import { knownFields, knownRequest, unknownValues } from "../../../src/core/request/knownRequest.ts";
import { safetyChoiceOf } from "../../../src/core/request/safety.ts";
import { paidJob } from "../support/paidJob.ts";

const { taskUUID, ...rest } = paidJob({ costs: [0.028] });

/** The text of a job file whose request has other values. */
const fileWith = (values: object) => JSON.stringify({ taskUUID, ...rest, request: { ...rest.request, ...values } });

function read(text: string): Job {
  const job = parseJob(text);
  if (job === undefined) {
    throw new Error("The job file cannot be read.");
  }
  return job;
}

const { shape, format, outputType, deliveryMethod } = rest.request;

describe("A job file with a value of a later version", () => {
  test.each<[string, object, string]>([
    ["tier", { shape: { resolution: "8k" } }, "8k"],
    ["format", { format: "AVIF" }, "AVIF"],
    ["output type", { outputType: "blob" }, "blob"],
    ["delivery method", { deliveryMethod: "stream" }, "stream"],
    ["safety mode", { safety: { mode: "full" } }, "full"],
  ])("is read as it is, and names the value: %s", (_, values, name) => {
    const { request } = read(fileWith(values));
    expect(request).toMatchObject(values);
    expect(unknownValues(request)).toEqual([name]);
    expect(knownRequest(request)).toBeUndefined();
    // The values that are known fill the form.
    const known = { shape, format, outputType, deliveryMethod };
    const expected = Object.entries(known).filter(([field]) => !Object.hasOwn(values, field));
    expect(knownFields(request)).toEqual(Object.fromEntries(expected));
  });

  test("of its target is read without one", () => {
    const { request } = read(fileWith({ exportTarget: { id: "og" }, promptHint: 1 }));
    expect([request.exportTarget, request.promptHint]).toEqual([undefined, undefined]);
  });

  test("of a picture's format is read as it is", () => {
    const [picture] = rest.pictures;
    const text = JSON.stringify({ taskUUID, ...rest, pictures: [{ ...picture, file: "a.avif", format: "AVIF" }] });
    expect(read(text).pictures).toMatchObject([{ file: "a.avif", format: "AVIF" }]);
  });

  test("is copied as code with that value", () => {
    const code = toCurl(read(fileWith({ shape: { resolution: "8k" }, outputType: "blob" })), taskUUID);
    expect(code).toContain('"resolution": "8k"');
    expect(code).toContain('"outputType": "blob"');
  });

  test("of a tier counts at the highest price", () => {
    const model = { ...klingImage3, price: { "1k": 1, "2k": 2 } };
    expect(estimateCost(model, read(fileWith({ shape: { resolution: "8k" } })).request.shape, 3)).toBe(6);
  });

  test("of a safety mode counts as a check", () => {
    expect(safetyChoiceOf(read(fileWith({ safety: { mode: "full" } })).request.safety)).toBe("fast");
  });
});

test("A request without values of a later version is known as a whole", () => {
  expect(unknownValues(rest.request)).toEqual([]);
  expect(knownRequest(rest.request)).toEqual({ shape, format, outputType, deliveryMethod });
});
