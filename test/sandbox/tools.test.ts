import { randomUUID } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import sharp from "sharp";
import { expect, test } from "vitest";
import { probe } from "../../src/imaging/probe.ts";
import { asString, pictureDataUri, startClient } from "./client.ts";

const photo = await pictureDataUri(600, 400, "#c04020");

/** A valid task that removes a background, with a new UUID. */
const cutOutOf = (more: Readonly<Record<string, unknown>> = {}) => ({
  taskType: "removeBackground",
  taskUUID: randomUUID(),
  model: "runware:112@9",
  inputs: { image: photo },
  outputFormat: "PNG",
  includeCost: true,
  ...more,
});

/** A valid task that enlarges, with a new UUID. */
const upscaleOf = (more: Readonly<Record<string, unknown>> = {}) => ({
  ...cutOutOf(),
  taskType: "upscale",
  model: "runware:504@1",
  upscaleFactor: 2,
  ...more,
});

const download = async (url: unknown) => new Uint8Array(await (await fetch(asString(url))).arrayBuffer());

/** Red, green, blue and alpha of a pixel. */
async function pixelAt(bytes: Uint8Array, left: number, top: number): Promise<readonly number[]> {
  return [...(await sharp(bytes).ensureAlpha().extract({ left, top, width: 1, height: 1 }).raw().toBuffer())];
}

test.each(["PNG", "WEBP"])(
  "cuts out an ellipse with a soft edge, as %s with real transparency",
  async (outputFormat) => {
    const { post } = await startClient();
    const { data } = await post(cutOutOf({ outputFormat }));
    expect(Object.keys(data[0] ?? {})).toEqual(["taskType", "taskUUID", "mediaUUID", "mediaURL", "cost"]);
    expect(data[0]).toMatchObject({ taskType: "removeBackground", cost: 0.0006 });
    const bytes = await download(data[0]?.mediaURL);
    expect(probe(bytes)).toEqual({ format: outputFormat, width: 600, height: 400, hasAlpha: true });
    const [red = 0, green = 0, blue = 0, alpha] = await pixelAt(bytes, 300, 120);
    expect([red > 160, green < 100, blue < 80, alpha]).toEqual([true, true, true, 255]);
    expect((await pixelAt(bytes, 2, 2))[3]).toBe(0);
    const edge = await Promise.all([310, 320, 330].map((left) => pixelAt(bytes, 240 + left, 200)));
    expect(edge.map(([, , , one = 0]) => one > 0 && one < 255)).toContain(true);
  },
);

test("returns a picture without transparency if no format is given, as the service does", async () => {
  const { post } = await startClient();
  const { data } = await post(cutOutOf({ outputFormat: undefined }));
  expect(probe(await download(data[0]?.mediaURL))).toEqual({ format: "JPG", width: 600, height: 400 });
});

test.each([2, 4])("enlarges %s times, with a grid", async (upscaleFactor) => {
  const { post } = await startClient();
  const { data } = await post(upscaleOf({ upscaleFactor }));
  expect(data[0]).toMatchObject({ taskType: "imageUpscale", cost: 0.0013 });
  const bytes = await download(data[0]?.imageURL);
  const [width, height] = [600 * upscaleFactor, 400 * upscaleFactor];
  expect(probe(bytes)).toEqual({ format: "PNG", width, height });
  const onLine = await pixelAt(bytes, Math.round(width / 16), Math.round(height / 10));
  const beside = await pixelAt(bytes, Math.round(width / 32), Math.round(height / 10));
  expect((onLine[1] ?? 0) - (beside[1] ?? 0)).toBeGreaterThan(40);
});

test.each([
  ["another factor", upscaleOf({ upscaleFactor: 3 }), { code: "invalidUpscaleFactor", allowedValues: [2, 4] }],
  ["a factor for a tool that keeps the pixels", cutOutOf({ upscaleFactor: 2 }), { code: "unsupportedParameter" }],
  ["a prompt", cutOutOf({ positivePrompt: "A hut" }), { code: "unsupportedParameter" }],
  ["a number of results", upscaleOf({ numberResults: 2 }), { code: "unsupportedParameter" }],
  ["the model of another tool", upscaleOf({ model: "runware:112@9" }), { code: "invalidModel" }],
  ["no image", { ...cutOutOf(), inputs: undefined }, { code: "missingInputs" }],
  ["an image that is none", cutOutOf({ inputs: { image: "AAAAAAAAAAAAAAAAAAAA" } }), { code: "invalidImage" }],
  [
    "an image with too long a side",
    cutOutOf({ inputs: { image: await pictureDataUri(8200, 40) } }),
    { code: "invalidImage", parameter: "inputs.image" },
  ],
])("refuses %s, and bills nothing", async (_, task, error) => {
  const { post, sandbox } = await startClient();
  const { status, errors } = await post(task);
  expect([status, sandbox.ledger.billed]).toEqual([400, 0]);
  expect(errors).toEqual([expect.objectContaining({ ...error, taskUUID: task.taskUUID })]);
});

test("accepts a UUID once, and finds its result after a restart", async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "limn-tools-"));
  const stateFile = path.join(folder, "tasks.jsonl");
  try {
    const first = await startClient({ stateFile });
    const task = upscaleOf({ deliveryMethod: "async" });
    expect((await first.post(task)).data).toEqual([{ taskType: "upscale", taskUUID: task.taskUUID }]);
    expect((await first.post(task)).errors[0]).toMatchObject({ code: "conflictTaskUUID" });
    expect(first.sandbox.ledger).toMatchObject({ taskCount: 1, billed: 0.0013 });
    await first.sandbox.close();
    const second = await startClient({ stateFile });
    const { data } = await second.poll(task.taskUUID);
    expect(data[0]).toMatchObject({ status: "success", cost: 0.0013 });
    expect(probe(await download(data[0]?.imageURL))).toMatchObject({ width: 1200, height: 800 });
    // The picture is stored as a small copy, not as it was sent.
    expect(await readFile(stateFile, "utf8")).not.toContain(photo.slice(100, 400));
    await second.sandbox.close();
    await writeFile(stateFile, (await readFile(stateFile, "utf8")).replace(/"price":[\d.]+,/, ""));
    const third = await startClient({ stateFile });
    expect((await third.poll(task.taskUUID)).data[0]).toMatchObject({ status: "success" });
  } finally {
    await rm(folder, { recursive: true });
  }
});
