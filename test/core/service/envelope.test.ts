import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readAnswerBody } from "../support/answerBody.ts";
import { recordedExchanges } from "../support/recordedExchanges.ts";

const taskUUID = "b47f79d6-af49-4208-8995-63d507de6a05";
const other = "e93e9c10-ac72-41e8-8dd4-424cbb4c6745";
const read = (value: unknown) => readAnswerBody(JSON.stringify(value));
const providerError = { code: "providerError", message: "The provider failed." };

describe("An answer", () => {
  test.each(recordedExchanges)("with the recorded picture $title is read in full", ({ response }) => {
    const answer = read({ data: [response] });
    expect(answer?.errors).toEqual([]);
    expect(answer?.items).toEqual([expect.objectContaining({ ...response, raw: response })]);
  });

  test("keeps its items in order, also of several tasks", () => {
    const data = [1, 2, 3].map((seed) => ({ taskUUID: seed === 2 ? other : taskUUID, seed }));
    expect(read({ data })?.items.map(({ seed }) => seed)).toEqual([1, 2, 3]);
  });

  test.each<[string, unknown]>([
    ["an acknowledgement", { data: [{ taskType: "imageInference", taskUUID }] }],
    ["data as one object", { data: { taskType: "imageInference", taskUUID } }],
    ["a bare array", [{ taskType: "imageInference", taskUUID }]],
    ["an error that is false", { data: [{ taskUUID }], error: false }],
    ["errors that are nothing", { data: [{ taskUUID }], errors: [null] }],
    ["errors: null", { data: [{ taskUUID }], errors: null }],
    ["things in data that are no items", { data: [null, 7, "text", { taskUUID }] }],
  ])("has one item and no error as %s", (_, value) => {
    expect(read(value)).toMatchObject({ items: [{ taskUUID }], errors: [] });
  });

  test.each<[string, unknown]>([
    ["empty data", { data: [] }],
    ["no data", { errors: [] }],
    ["null data", { data: null }],
    ["an empty array", []],
  ])("may be empty: %s", (_, value) => {
    expect(read(value)).toEqual({ items: [], errors: [] });
  });

  test.each<[string, unknown]>([
    ["beside the data", { data: [{ taskUUID, seed: 1 }], errors: [{ ...providerError, taskUUID }] }],
    [
      "as an item with an error",
      {
        data: [
          { taskUUID, seed: 1 },
          { taskUUID, status: "error", error: providerError },
        ],
      },
    ],
    [
      "as a flat item",
      {
        data: [
          { taskUUID, seed: 1 },
          { taskUUID, status: "error", ...providerError },
        ],
      },
    ],
  ])("keeps its successes with a failure %s", (_, value) => {
    expect(read(value)).toMatchObject({ items: [{ seed: 1 }], errors: [{ ...providerError, taskUUID }] });
  });

  test.each<[string, unknown, object]>([
    ["one error object with the task outside", { error: providerError, taskUUID }, { ...providerError, taskUUID }],
    ["a list under error", { error: [providerError] }, providerError],
    ["a bare text", { error: "Nothing goes." }, { code: "", message: "Nothing goes." }],
    ["a text with the task outside", { error: "Nothing goes.", taskUUID }, { message: "Nothing goes.", taskUUID }],
    ["one object under errors", { errors: providerError }, providerError],
    ["a code that is a number", { errors: [{ code: 1001, message: "Odd." }] }, { code: "1001", message: "Odd." }],
    ["no words at all", { errors: [{}] }, { code: "", message: "", parameters: [] }],
    ["one parameter", { errors: [{ ...providerError, parameter: "width" }] }, { parameters: ["width"] }],
    ["two parameters", { errors: [{ parameter: ["width", "height"] }] }, { parameters: ["width", "height"] }],
    ["a parameter of the wrong type", { errors: [{ ...providerError, parameter: 7 }] }, { parameters: [] }],
    ["the vendor's words", { errors: [{ responseContent: "Too hot" }] }, { upstream: "Too hot" }],
    ["the vendor's object", { errors: [{ responseContent: { a: 1 } }] }, { upstream: '{"a":1}' }],
  ])("has an error as %s", (_, value, error) => {
    expect(read(value)).toMatchObject({ items: [], errors: [error] });
  });

  test("drops an invalid field, not the picture", () => {
    const item = { taskUUID, imageUUID: other, imageURL: "https://im.runware.ai/a.jpg", seed: "7", cost: null, new: 1 };
    expect(read({ data: [item] })?.items[0]).toMatchObject({
      imageURL: item.imageURL,
      seed: undefined,
      cost: undefined,
    });
    expect(read({ data: [{ ...item, NSFWContent: "no", progress: "x" }] })?.items).toHaveLength(1);
  });

  test.each([
    ["empty", ""],
    ["HTML", "<!doctype html><title>502 Bad Gateway</title>"],
    ["cut", '{"data":[{"taskUUID":"b47f'],
    ["null", "null"],
    ["a number", "7"],
    ["a text", '"data"'],
    ["an object of something else", '{"status":"ok"}'],
  ])("is undefined if the body is %s", (_, body) => {
    expect(readAnswerBody(body)).toBeUndefined();
  });

  test("keeps any items in order", () => {
    fc.assert(
      fc.property(fc.array(fc.uuid()), (uuids) => {
        const data = uuids.map((imageUUID) => ({ taskUUID, imageUUID }));
        expect(read({ data })?.items.map(({ imageUUID }) => imageUUID)).toEqual(uuids);
      }),
    );
  });
});
