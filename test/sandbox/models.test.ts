import { expect, test } from "vitest";
import { family } from "../../src/core/models/family.ts";
import type { Model } from "../../src/core/models/model.ts";
import { probe } from "../../src/imaging/probe.ts";
import { asString, pictureDataUri, startClient, taskOf, taskWithoutSize } from "./client.ts";

const inputs = { referenceImages: [await pictureDataUri(600, 400)] };
const [, o1, o3]: readonly Model[] = family;

test.each(family)("offers $name in its last size, at its price", async (model: Model) => {
  const { post, poll, sandbox } = await startClient();
  const { width, height, tier } = model.sizes.at(-1) ?? model.sizes[0];
  const task = taskOf({ model: model.id, width, height, deliveryMethod: "async", includeCost: true });
  expect((await post(task)).errors).toEqual([]);
  const { data } = await poll(task.taskUUID);
  expect(data).toMatchObject([{ status: "success", cost: model.price[tier] }]);
  const response = await fetch(asString(data[0]?.imageURL));
  expect(probe(new Uint8Array(await response.arrayBuffer()))).toEqual({ format: "JPG", width, height });
  expect(sandbox.ledger.billed).toBe(model.price[tier]);
});

test("refuses a resolution, and a request without a size, for Kling IMAGE O3", async () => {
  const { post, sandbox } = await startClient();
  const { errors: withResolution } = await post(taskOf({ model: o3?.id, resolution: "1k" }));
  expect(withResolution).toMatchObject([{ code: "unsupportedParameter", parameter: "resolution" }]);
  const { errors: withoutSize } = await post(taskWithoutSize({ model: o3?.id, inputs }));
  expect(withoutSize).toMatchObject([{ code: "missingDimensions", parameter: ["width", "height"] }]);
  expect(sandbox.ledger.taskCount).toBe(0);
});

test("refuses 4K for a model without 4K", async () => {
  const { post } = await startClient();
  for (const { id } of family.filter((model) => !Object.hasOwn(model.price, "4k"))) {
    const { errors } = await post(taskOf({ model: id, width: 4096, height: 4096 }));
    expect(errors).toMatchObject([{ code: "unsupportedDimensions" }]);
  }
});

test("refuses a prompt of two characters for Kling IMAGE O1", async () => {
  const { post } = await startClient();
  const { errors } = await post(taskOf({ model: o1?.id, positivePrompt: "Ox" }));
  expect(errors).toMatchObject([{ code: "invalidPositivePrompt", min: 3 }]);
});
