import { expect, test } from "vitest";
import { kling } from "../../src/core/kling.ts";
import { picture, startClient, task, unsized } from "./client.ts";

const some = await picture(600, 400);
const inputs = { referenceImages: [some] };
const eleven = await Promise.all(Array.from({ length: 11 }, (_, index) => picture(300, 300, `#0000${index + 10}`)));

const table: readonly [string, Readonly<Record<string, unknown>>, Readonly<Record<string, unknown>>][] = [
  ["an empty prompt", task({ positivePrompt: "" }), { code: "invalidPositivePrompt", min: 1, max: 2500 }],
  ["a blank prompt", task({ positivePrompt: " \n" }), { code: "invalidPositivePrompt" }],
  ["a prompt too long", task({ positivePrompt: "x".repeat(2501) }), { code: "invalidPositivePrompt", max: 2500 }],
  ["a prompt that is no text", task({ positivePrompt: 7 }), { code: "invalidPositivePrompt", type: "string" }],
  [
    "no prompt",
    { ...task(), positivePrompt: undefined },
    { code: "missingPositivePrompt", parameter: "positivePrompt" },
  ],
  ["another model", task({ model: "runware:101@1" }), { code: "invalidModel", allowedValues: [kling.id] }],
  ["no model", { ...task(), model: undefined }, { code: "missingModel" }],
  ["no UUID", { ...task(), taskUUID: undefined }, { code: "missingTaskUUID" }],
  ["a UUID that is none", task({ taskUUID: "abc" }), { code: "invalidTaskUUID", taskUUID: "abc" }],
  ["width alone", unsized({ width: 1024 }), { code: "missingHeight", parameter: "height" }],
  ["height alone", unsized({ height: 1024 }), { code: "missingWidth", parameter: "width" }],
  ["neither size nor reference", unsized(), { code: "missingDimensions", parameter: ["width", "height"] }],
  [
    "a size the model lacks",
    task({ width: 1000 }),
    { code: "unsupportedDimensions", allowedValues: kling.sizes.map(({ width, height }) => `${width}x${height}`) },
  ],
  ["half a pixel", task({ width: 1024.5 }), { code: "invalidWidth" }],
  ["a resolution with a size", task({ resolution: "1k", inputs }), { code: "unsupportedResolution" }],
  ["a resolution alone", unsized({ resolution: "2k" }), { code: "missingReferenceImages" }],
  ["a resolution in capitals", unsized({ resolution: "2K", inputs }), { allowedValues: ["1k", "2k"] }],
  ["no results", task({ numberResults: 0 }), { code: "invalidNumberResults", min: 1 }],
  ["too many results", task({ numberResults: 21 }), { code: "invalidNumberResults", max: 20 }],
  ["too low a quality", task({ outputQuality: 19 }), { code: "invalidOutputQuality", min: 20 }],
  ["too high a quality", task({ outputQuality: 100 }), { code: "invalidOutputQuality", max: 99 }],
  ["an output type as a list", task({ outputType: ["URL"] }), { code: "invalidOutputType" }],
  ["a format the model lacks", task({ outputFormat: "AVIF" }), { allowedValues: ["JPG", "PNG", "WEBP"] }],
  ["another delivery", task({ deliveryMethod: "soon" }), { allowedValues: ["sync", "async"] }],
  ["a short life", task({ ttl: 59 }), { code: "invalidTtl", min: 60 }],
  ["a life without a URL", task({ ttl: 60, outputType: "dataURI" }), { code: "unsupportedTtl" }],
  [
    "another safety mode",
    task({ safety: { mode: "full" } }),
    { parameter: "safety.mode", allowedValues: ["none", "fast"] },
  ],
  ["an unknown key", task({ seed: 1 }), { code: "unsupportedParameter", parameter: "seed" }],
  [
    "an unknown key inside",
    task({ inputs: { mask: "x" } }),
    { code: "unsupportedParameter", parameter: "inputs.mask" },
  ],
  ["a webhook elsewhere", task({ webhookURL: "https://example.com" }), { code: "invalidWebhookURL" }],
  ["a webhook that is none", task({ webhookURL: "soon" }), { code: "invalidWebhookURL" }],
  ["an upload elsewhere", task({ uploadEndpoint: "https://example.com/x" }), { code: "invalidUploadEndpoint" }],
  [
    "the same reference twice",
    task({ inputs: { referenceImages: [some, some] } }),
    { code: "duplicateReferenceImages" },
  ],
  ["eleven references", task({ inputs: { referenceImages: eleven } }), { code: "invalidReferenceImages", max: 10 }],
  [
    "a reference elsewhere",
    task({ inputs: { referenceImages: ["https://example.com/a.jpg"] } }),
    { code: "failedToTransferImage" },
  ],
  ["a reference unknown", task({ inputs: { referenceImages: [task().taskUUID] } }), { code: "failedToTransferImage" }],
  [
    "a reference that is text",
    task({ inputs: { referenceImages: ["not a picture!"] } }),
    { code: "failedToTransferImage" },
  ],
  [
    "a reference that is no picture",
    task({ inputs: { referenceImages: ["aGVsbG8="] } }),
    { code: "invalidReferenceImages" },
  ],
  [
    "a reference too small",
    task({ inputs: { referenceImages: [await picture(299, 400)] } }),
    { code: "invalidReferenceImages" },
  ],
  [
    "a reference too wide",
    task({ inputs: { referenceImages: [await picture(1000, 350)] } }),
    { code: "invalidReferenceImages" },
  ],
  ["a directive misspelt", task({ positivePrompt: "x [sandbox:fial=1]" }), { code: "invalidPositivePrompt" }],
  ["what the prompt says", task({ positivePrompt: "x [sandbox:refuse=promptBlocked]" }), { code: "promptBlocked" }],
];

test.each(table)("refuses %s, and bills nothing", async (_, asked, expected) => {
  const { post, sandbox } = await startClient();
  const { status, data, errors } = await post(asked);
  expect([status, data]).toEqual([400, []]);
  expect(errors).toContainEqual(expect.objectContaining({ ...expected, taskType: "imageInference" }));
  expect(errors[0]?.message).toMatch(/\w/);
  expect([sandbox.ledger.tasks, sandbox.ledger.billed]).toEqual([0, 0]);
});

test("names every fault of a task, and where the vendor explains it", async () => {
  const { post } = await startClient();
  const { errors } = await post(task({ numberResults: 30, ttl: 1 }));
  expect(errors.map(({ code }) => code)).toEqual(["invalidNumberResults", "invalidTtl"]);
  expect(errors[0]?.documentation).toBe("https://runware.ai/docs/models/klingai-image-3-0#request-numberresults");
});

test("refuses with the status that belongs to the code", async () => {
  const { post } = await startClient();
  const { status } = await post(task({ positivePrompt: "x [sandbox:refuse=noAvailableServer]" }));
  expect(status).toBe(503);
});
