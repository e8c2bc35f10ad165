import { expect, test } from "vitest";
import { family, klingImage3 } from "../../src/core/models/family.ts";
import { pictureDataUri, startClient, taskOf, taskWithoutSize } from "./client.ts";

const smallPicture = await pictureDataUri(600, 400);
const inputs = { referenceImages: [smallPicture] };
const eleven = await Promise.all(
  Array.from({ length: 11 }, (_, index) => pictureDataUri(300, 300, `#0000${index + 10}`)),
);

const refusals: readonly [string, Readonly<Record<string, unknown>>, Readonly<Record<string, unknown>>][] = [
  ["an empty prompt", taskOf({ positivePrompt: "" }), { code: "invalidPositivePrompt", min: 1, max: 2500 }],
  ["a blank prompt", taskOf({ positivePrompt: " \n" }), { code: "invalidPositivePrompt" }],
  ["a prompt too long", taskOf({ positivePrompt: "x".repeat(2501) }), { code: "invalidPositivePrompt", max: 2500 }],
  ["a prompt that is no text", taskOf({ positivePrompt: 7 }), { code: "invalidPositivePrompt", type: "string" }],
  [
    "no prompt",
    { ...taskOf(), positivePrompt: undefined },
    { code: "missingPositivePrompt", parameter: "positivePrompt" },
  ],
  [
    "another model",
    taskOf({ model: "runware:101@1" }),
    { code: "invalidModel", allowedValues: family.map(({ id }) => id) },
  ],
  ["no model", { ...taskOf(), model: undefined }, { code: "missingModel" }],
  ["no UUID", { ...taskOf(), taskUUID: undefined }, { code: "missingTaskUUID" }],
  ["a UUID that is none", taskOf({ taskUUID: "abc" }), { code: "invalidTaskUUID", taskUUID: "abc" }],
  ["width alone", taskWithoutSize({ width: 1024 }), { code: "missingHeight", parameter: "height" }],
  ["height alone", taskWithoutSize({ height: 1024 }), { code: "missingWidth", parameter: "width" }],
  ["neither size nor reference", taskWithoutSize(), { code: "missingDimensions", parameter: ["width", "height"] }],
  [
    "a size the model lacks",
    taskOf({ width: 1000 }),
    {
      code: "unsupportedDimensions",
      allowedValues: klingImage3.sizes.map(({ width, height }) => `${width}x${height}`),
    },
  ],
  ["half a pixel", taskOf({ width: 1024.5 }), { code: "invalidWidth" }],
  ["a resolution with a size", taskOf({ resolution: "1k", inputs }), { code: "unsupportedResolution" }],
  ["a resolution alone", taskWithoutSize({ resolution: "2k" }), { code: "missingReferenceImages" }],
  ["a resolution in capitals", taskWithoutSize({ resolution: "2K", inputs }), { allowedValues: ["1k", "2k"] }],
  ["no results", taskOf({ numberResults: 0 }), { code: "invalidNumberResults", min: 1 }],
  ["too many results", taskOf({ numberResults: 21 }), { code: "invalidNumberResults", max: 20 }],
  ["too low a quality", taskOf({ outputQuality: 19 }), { code: "invalidOutputQuality", min: 20 }],
  ["too high a quality", taskOf({ outputQuality: 100 }), { code: "invalidOutputQuality", max: 99 }],
  ["an output type as a list", taskOf({ outputType: ["URL"] }), { code: "invalidOutputType" }],
  ["a format the model lacks", taskOf({ outputFormat: "AVIF" }), { allowedValues: ["JPG", "PNG", "WEBP"] }],
  ["another delivery", taskOf({ deliveryMethod: "soon" }), { allowedValues: ["sync", "async"] }],
  ["a short life", taskOf({ ttl: 59 }), { code: "invalidTtl", min: 60 }],
  ["a life without a URL", taskOf({ ttl: 60, outputType: "dataURI" }), { code: "unsupportedTtl" }],
  [
    "another safety mode",
    taskOf({ safety: { mode: "full" } }),
    { parameter: "safety.mode", allowedValues: ["none", "fast"] },
  ],
  ["an unknown key", taskOf({ seed: 1 }), { code: "unsupportedParameter", parameter: "seed" }],
  [
    "an unknown key inside",
    taskOf({ inputs: { mask: "x" } }),
    { code: "unsupportedParameter", parameter: "inputs.mask" },
  ],
  ["a webhook elsewhere", taskOf({ webhookURL: "https://example.com" }), { code: "invalidWebhookURL" }],
  ["a webhook that is none", taskOf({ webhookURL: "soon" }), { code: "invalidWebhookURL" }],
  ["an upload elsewhere", taskOf({ uploadEndpoint: "https://example.com/x" }), { code: "invalidUploadEndpoint" }],
  [
    "the same reference twice",
    taskOf({ inputs: { referenceImages: [smallPicture, smallPicture] } }),
    { code: "duplicateReferenceImages" },
  ],
  ["eleven references", taskOf({ inputs: { referenceImages: eleven } }), { code: "invalidReferenceImages", max: 10 }],
  [
    "a reference elsewhere",
    taskOf({ inputs: { referenceImages: ["https://example.com/a.jpg"] } }),
    { code: "failedToTransferImage" },
  ],
  [
    "a reference unknown",
    taskOf({ inputs: { referenceImages: [taskOf().taskUUID] } }),
    { code: "failedToTransferImage" },
  ],
  [
    "a reference that is text",
    taskOf({ inputs: { referenceImages: ["not a picture!"] } }),
    { code: "failedToTransferImage" },
  ],
  [
    "a reference that is no picture",
    taskOf({ inputs: { referenceImages: ["aGVsbG8="] } }),
    { code: "invalidReferenceImages" },
  ],
  [
    "a reference too small",
    taskOf({ inputs: { referenceImages: [await pictureDataUri(299, 400)] } }),
    { code: "invalidReferenceImages" },
  ],
  [
    "a reference too wide",
    taskOf({ inputs: { referenceImages: [await pictureDataUri(1000, 350)] } }),
    { code: "invalidReferenceImages" },
  ],
  ["a directive misspelt", taskOf({ positivePrompt: "x [sandbox:fial=1]" }), { code: "invalidPositivePrompt" }],
  ["what the prompt says", taskOf({ positivePrompt: "x [sandbox:refuse=promptBlocked]" }), { code: "promptBlocked" }],
];

test.each(refusals)("rejects %s, and bills nothing", async (_, asked, expected) => {
  const { post, sandbox } = await startClient();
  const { status, data, errors } = await post(asked);
  expect([status, data]).toEqual([400, []]);
  expect(errors).toContainEqual(expect.objectContaining({ ...expected, taskType: "imageInference" }));
  expect(errors[0]?.message).toMatch(/\w/);
  expect([sandbox.ledger.taskCount, sandbox.ledger.billed]).toEqual([0, 0]);
});

test("lists every error of a task with its documentation link", async () => {
  const { post } = await startClient();
  const { errors } = await post(taskOf({ numberResults: 30, ttl: 1 }));
  expect(errors.map(({ code }) => code)).toEqual(["invalidNumberResults", "invalidTtl"]);
  expect(errors[0]?.documentation).toBe("https://runware.ai/docs/models/klingai-image-3-0#request-numberresults");
});

test("rejects with the status of the error code", async () => {
  const { post } = await startClient();
  const { status } = await post(taskOf({ positivePrompt: "x [sandbox:refuse=noAvailableServer]" }));
  expect(status).toBe(503);
});
