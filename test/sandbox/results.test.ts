import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import sharp from "sharp";
import { expect, test } from "vitest";
import { klingImage3 } from "../../src/core/models/family.ts";
import { probe } from "../../src/imaging/probe.ts";
import { asString, pictureDataUri, startClient, taskOf, taskWithoutSize } from "./client.ts";

async function download(url: unknown) {
  const response = await fetch(asString(url));
  return { response, bytes: new Uint8Array(await response.arrayBuffer()) };
}

/** A clock that moves only when it is set. */
function createClock() {
  let time = 1_800_000_000_000;
  return { now: () => time, advance: (ms: number) => (time += ms) };
}

test.each(klingImage3.sizes)("draws exactly $width × $height", async ({ width, height }) => {
  const { post } = await startClient();
  const index = klingImage3.sizes.findIndex((size) => size.width === width && size.height === height);
  const format = klingImage3.formats[index % 3] ?? "JPG";
  const { data } = await post(taskOf({ width, height, outputFormat: format }));
  const { response, bytes } = await download(data[0]?.imageURL);
  expect(probe(bytes)).toEqual({ format, width, height });
  const { type } = { JPG: { type: "image/jpeg" }, PNG: { type: "image/png" }, WEBP: { type: "image/webp" } }[format];
  expect(response.headers.get("content-type")).toBe(type);
  expect(response.headers.get("content-length")).toBe(String(bytes.length));
  const decoded = await sharp(bytes).metadata();
  expect([decoded.width, decoded.height, decoded.format]).toEqual([
    width,
    height,
    format === "JPG" ? "jpeg" : format.toLowerCase(),
  ]);
});

test("delivers by URL, base64 and data URI", async () => {
  const { post } = await startClient();
  const [url, base64, dataURI] = await Promise.all(
    klingImage3.outputTypes.map(
      async (outputType) => (await post(taskOf({ outputType, outputFormat: "WEBP" }))).data[0],
    ),
  );
  const size = { format: "WEBP", width: 1024, height: 1024 };
  expect(Object.keys(url ?? {})).toEqual(["taskType", "taskUUID", "imageUUID", "imageURL", "seed"]);
  expect(probe(Buffer.from(asString(base64?.imageBase64Data), "base64"))).toEqual(size);
  expect(asString(dataURI?.imageDataURI)).toMatch(/^data:image\/webp;base64,/);
  const { bytes } = await download(dataURI?.imageDataURI);
  expect(probe(bytes)).toEqual(size);
});

test("applies the quality", async () => {
  const { post } = await startClient();
  const asked = { numberResults: 1, taskUUID: "3ba7ae08-76de-4f81-ab0f-64c7aaf0000f" };
  const fine = await download((await post(taskOf({ ...asked, outputQuality: 99 }))).data[0]?.imageURL);
  const other = await startClient();
  const rough = await download((await other.post(taskOf({ ...asked, outputQuality: 20 }))).data[0]?.imageURL);
  expect(rough.bytes.length).toBeLessThan(fine.bytes.length / 2);
});

test("acknowledges at once, then finishes the pictures one by one", async () => {
  const { now, advance: forward } = createClock();
  const { post, poll } = await startClient({ now, delay: 1000 });
  // The delay of each picture depends on the task's UUID, so the test sets one.
  const given = { taskUUID: "b47f79d6-af49-4208-8995-63d507de6a05" };
  const asked = taskOf({ ...given, deliveryMethod: "async", numberResults: 4, includeCost: true });
  const { taskType, taskUUID } = asked;
  expect((await post(asked)).data).toEqual([{ taskType, taskUUID }]);
  const counts: number[] = [];
  let progress = -1;
  for (let round = 0; round < 60; round += 1) {
    const { status, data, errors } = await poll(taskUUID);
    expect([status, errors, data.length]).toEqual([200, [], 4]);
    counts.push(data.filter((item) => item.status === "success").length);
    const running = data.find((item) => item.status === "processing");
    if (round < 16) expect(running?.progress).toBeGreaterThan(progress);
    progress = Number(running?.progress ?? 100);
    forward(50);
  }
  expect([...new Set(counts)]).toEqual([0, 1, 2, 3, 4]);
  expect(counts).toEqual(counts.toSorted((one, other) => one - other));
  const { data } = await poll(taskUUID);
  expect(data).toEqual((await poll(taskUUID)).data);
  expect(new Set(data.map(({ seed }) => seed)).size).toBe(4);
  expect(data.every(({ cost, imageURL }) => cost === 0.028 && typeof imageURL === "string")).toBe(true);
});

test("answers a poll for several tasks, with no items for an unknown one", async () => {
  const { post, poll } = await startClient();
  const [one, other] = [taskOf({ deliveryMethod: "async" }), taskOf({ deliveryMethod: "async" })];
  await post(one, other);
  const { data } = await poll(one.taskUUID, other.taskUUID);
  expect(data.map(({ taskUUID }) => taskUUID)).toEqual([one.taskUUID, other.taskUUID]);
  expect(await poll(taskOf().taskUUID)).toMatchObject({ status: 200, data: [], errors: [] });
});

test("returns a task's archive", async () => {
  const { post } = await startClient();
  const asked = taskOf({ deliveryMethod: "async", inputs: { referenceImages: [await pictureDataUri(400, 400)] } });
  await post(asked);
  const { data } = await post({ taskType: "getTaskDetails", taskUUID: asked.taskUUID });
  expect(data).toHaveLength(1);
  expect(data[0]).toMatchObject({
    taskType: "getTaskDetails",
    taskUUID: asked.taskUUID,
    request: [
      { positivePrompt: asked.positivePrompt, inputs: { referenceImages: [expect.stringMatching(/^[\w-]{36}$/)] } },
    ],
    response: { data: [{ taskUUID: asked.taskUUID, status: "success" }] },
  });
});

test("flags content only if a check was requested", async () => {
  const { post } = await startClient();
  const prompt = { positivePrompt: "A fox [sandbox:nsfw]" };
  const flag = async (fields: Readonly<Record<string, unknown>>) => (await post(taskOf(fields))).data[0]?.NSFWContent;
  expect(await flag(prompt)).toBeUndefined();
  expect(await flag({ safety: { checkContent: true } })).toBe(false);
  expect(await flag({ ...prompt, safety: { mode: "fast" } })).toBe(true);
});

// The model's page: “When enabled, defaults to `fast` mode”, and “`none` disables checking”.
test("treats an absent mode as `fast`, and `none` as no check", async () => {
  const { post } = await startClient();
  const flag = async (safety: object) =>
    (await post(taskOf({ positivePrompt: "A fox [sandbox:nsfw]", safety }))).data[0]?.NSFWContent;
  expect(await flag({ checkContent: true })).toBe(true);
  expect(await flag({ checkContent: true, mode: "fast" })).toBe(true);
  expect(await flag({ checkContent: true, mode: "none" })).toBeUndefined();
  expect(await flag({ checkContent: false, mode: "fast" })).toBeUndefined();
  expect(await flag({})).toBeUndefined();
});

test("expires pictures", async () => {
  const { now, advance: forward } = createClock();
  const { post } = await startClient({ now });
  const { data } = await post(taskOf({ ttl: 60 }));
  expect((await download(data[0]?.imageURL)).response.status).toBe(200);
  forward(60_000);
  expect((await download(data[0]?.imageURL)).response.status).toBe(404);
});

test("serves no unfinished or unknown picture", async () => {
  const { now, advance: forward } = createClock();
  const { post, poll, origin } = await startClient({ now, delay: 1000 });
  const asked = taskOf({ deliveryMethod: "async" });
  await post(asked);
  forward(5000);
  const url = asString((await poll(asked.taskUUID)).data[0]?.imageURL);
  forward(-5000);
  expect((await fetch(url)).status).toBe(404);
  forward(5000);
  const head = await fetch(url, { method: "HEAD" });
  expect([head.status, Number(head.headers.get("content-length")) > 1000]).toEqual([200, true]);
  expect((await fetch(`${origin}/image/os/ws/ii/${taskOf().taskUUID}.jpg`)).status).toBe(404);
});

test.each([
  ["2k", 600, 400, 2496, 1664],
  ["2k", 400, 600, 1664, 2496],
  ["1k", 800, 400, 1360, 768],
  ["1k", 1000, 401, 1552, 656],
  [undefined, 500, 500, 1024, 1024],
  [undefined, 400, 700, 768, 1360],
])("at %s turns a reference of %i × %i into a picture of %i × %i", async (resolution, width, height, wide, high) => {
  const { post } = await startClient();
  const inputs = { referenceImages: [await pictureDataUri(width, height)] };
  const { data } = await post(taskWithoutSize({ inputs, ...(resolution === undefined ? {} : { resolution }) }));
  const { bytes } = await download(data[0]?.imageURL);
  expect(probe(bytes)).toEqual({ format: "JPG", width: wide, height: high });
});

test.each([
  ["errors", 1],
  ["items with an error", 2],
  ["flat items", 3],
])("keeps successes next to failures reported as %s, and bills only the successes", async (_, form) => {
  const { post, poll, sandbox } = await startClient();
  const positivePrompt = `A fox [sandbox:fail=2 error=timeoutProvider form=${form}]`;
  const asked = taskOf({ positivePrompt, numberResults: 3, deliveryMethod: "async" });
  await post(asked);
  const { status, data, errors } = await poll(asked.taskUUID);
  expect(status).toBe(200);
  expect(data.filter((item) => item.status === "success")).toHaveLength(1);
  const { taskUUID, taskType } = asked;
  const [code, message] = ["timeoutProvider", expect.any(String)];
  const expectedByForm = {
    1: { data: [], errors: [1, 2].map(() => expect.objectContaining({ code, message, taskUUID, taskType })) },
    2: { data: [1, 2].map(() => ({ taskType, taskUUID, status: "error", error: { code, message } })), errors: [] },
    3: { data: [1, 2].map(() => ({ taskType, taskUUID, status: "error", code, message })), errors: [] },
  };
  expect({ data: data.filter((item) => item.status === "error"), errors }).toEqual(
    Reflect.get(expectedByForm, String(form)),
  );
  expect(sandbox.ledger.billed).toBe(0.028);
  const sync = await post({ ...asked, taskUUID: taskOf().taskUUID, deliveryMethod: "sync" });
  expect([sync.data.length, sync.errors.length]).toEqual(form === 1 ? [1, 2] : [3, 0]);
});

test("answers a poll with 400 if all results of a task failed", async () => {
  const { post, poll, sandbox } = await startClient();
  const asked = taskOf({ positivePrompt: "A fox [sandbox:error=contentModeration]", deliveryMethod: "async" });
  expect((await post(asked)).status).toBe(200);
  const { status, errors } = await poll(asked.taskUUID);
  expect([status, errors[0]?.code, sandbox.ledger.billed]).toEqual([400, "contentModeration", 0]);
});

test("restores its tasks and pictures after a restart", async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "limn-sandbox-"));
  const stateFile = path.join(folder, "deep", "tasks.jsonl");
  try {
    const first = await startClient({ stateFile });
    const inputs = { referenceImages: [await pictureDataUri(600, 400)] };
    const asked = taskOf({ inputs, deliveryMethod: "async", numberResults: 2 });
    await first.post(asked);
    const before = (await first.poll(asked.taskUUID)).data;
    const { bytes } = await download(before[1]?.imageURL);
    await first.sandbox.close();
    await writeFile(stateFile, '{"cut', { flag: "a" });

    const second = await startClient({ stateFile });
    const after = (await second.poll(asked.taskUUID)).data;
    expect(after.map(({ imageUUID, seed }) => [imageUUID, seed])).toEqual(
      before.map(({ imageUUID, seed }) => [imageUUID, seed]),
    );
    expect(Buffer.compare((await download(after[1]?.imageURL)).bytes, bytes)).toBe(0);
    expect((await second.post(asked)).errors[0]?.code).toBe("conflictTaskUUID");
    expect(second.sandbox.ledger.billed).toBe(0.056);
    await second.post(taskOf());
    await second.sandbox.close();
    const third = await startClient({ stateFile });
    expect(third.sandbox.ledger.taskCount).toBe(2);
  } finally {
    await rm(folder, { recursive: true });
  }
});
