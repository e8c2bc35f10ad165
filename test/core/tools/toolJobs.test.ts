import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { parseJob } from "../../../src/core/jobs/jobSchema.ts";
import type { Outcome } from "../../../src/core/jobs/jobs.ts";
import type { OutputFormat } from "../../../src/core/models/model.ts";
import type { Request } from "../../../src/core/request/request.ts";
import { taskFields } from "../../../src/core/request/task.ts";
import type { ToolUse } from "../../../src/core/tools/tool.ts";
import { findTool, toolOf } from "../../../src/core/tools/tools.ts";
import { resultPixels, toToolTask } from "../../../src/core/tools/toolTask.ts";
import { probe } from "../../../src/imaging/probe.ts";
import type { RecordedRequest } from "../../support/faultProxy.ts";
import { opaqueAlphaPng } from "../../support/greyPng.ts";
import {
  createJobRequest,
  createRequest,
  fileName,
  isDownload,
  isPoll,
  neverAborted,
  onFirst,
  readBytes,
  respondWith,
  setUp,
} from "../support/setUp.ts";

const taskUUID = "5c1f4c5e-4f2e-4c4a-9a55-6a3ae1a0b001";
const pixels = { width: 320, height: 200 };

const picture = await sharp({ create: { ...pixels, channels: 3, background: "#2a6f97" } })
  .png()
  .toBuffer();
const image = `data:image/png;base64,${picture.toString("base64")}`;

/** A request to a tool for a picture of 320 × 200 pixels. */
const toolRequest = (tool: ToolUse, format: OutputFormat = "PNG", more: Partial<Request> = {}): Partial<Request> => ({
  model: toolOf(tool.id).model,
  tool,
  references: [{ label: "images/hut.png", image }],
  shape: resultPixels(pixels, tool),
  count: 1,
  format,
  deliveryMethod: "async",
  ...more,
});

const uses: readonly ToolUse[] = [
  { id: "removeBackground" },
  { id: "upscale", factor: 2 },
  { id: "upscale", factor: 4 },
];

const isToolSend = ({ taskType }: RecordedRequest): boolean => findTool({ id: taskType ?? "" }) !== undefined;

describe.each(uses)("The tool $id $factor", (use) => {
  const tool = toolOf(use.id);

  test("gets the fields that the API declares, and no prompt", () => {
    expect(toToolTask(createRequest(toolRequest(use)), use, taskUUID)).toEqual({
      taskType: use.id,
      taskUUID,
      model: tool.model,
      inputs: { image },
      ...(use.factor === undefined ? {} : { upscaleFactor: use.factor }),
      outputType: "URL",
      outputFormat: "PNG",
      outputQuality: 80,
      deliveryMethod: "async",
      includeCost: true,
    });
  });

  test("makes one file of the exact size, at the price of the answer", async () => {
    const { sandbox, environment, buy } = await setUp();
    const { files, cost, job } = await buy(toolRequest(use), { name: `hut${tool.suffix(use)}` });
    expect(files.map(fileName)).toEqual([`hut${tool.suffix(use)}.png`]);
    expect(probe(await readBytes(files[0] ?? ""))).toEqual({
      format: "PNG",
      ...resultPixels(pixels, use),
      ...(tool.makesTransparency ? { hasAlpha: true } : {}),
    });
    expect([cost, job.estimate]).toEqual([tool.price, tool.price]);
    expect(sandbox.ledger).toMatchObject({ taskCount: 1, billed: tool.price });
    expect(job).toMatchObject({ state: "done", model: tool.model, request: { tool: use } });
    expect(await environment.listFolder("vault")).toEqual([job.pictures[0]?.file]);
  });

  test.each(["before", "after"] as const)("is bought once if the connection is cut %s it arrives", async (cut) => {
    const { sandbox, faultProxy, buy } = await setUp();
    faultProxy.setRule(onFirst(1, isToolSend, { cut }));
    const { files, job } = await buy(toolRequest(use));
    expect(files).toHaveLength(1);
    expect(sandbox.ledger).toMatchObject({ taskCount: 1, billed: tool.price });
    const sent = faultProxy.requests.filter(isToolSend).map(({ body }) => JSON.parse(body)[0].taskUUID);
    expect(new Set(sent)).toEqual(new Set([job.taskUUID]));
  });

  test("counts with the estimate if the answer has no cost, or one that is not plausible", async () => {
    for (const cost of [undefined, 900]) {
      const { faultProxy, buy } = await setUp();
      const answered = cost === undefined ? '"free":0' : `"cost":${cost}`;
      const change = (body: string) => body.replace(/"cost":[\d.]+/, answered);
      faultProxy.setRule((request) => (isPoll(request) ? { change } : undefined));
      const { job, cost: reported } = await buy(toolRequest(use));
      expect([reported, job.estimate, job.pictures[0]?.claimedCost]).toEqual([undefined, tool.price, cost]);
    }
  });

  test.each(["base64Data", "dataURI"] as const)("arrives as %s too", async (outputType) => {
    const { buy } = await setUp();
    const { files } = await buy(toolRequest(use, "WEBP", { outputType, deliveryMethod: "sync" }));
    expect(probe(await readBytes(files[0] ?? ""))).toMatchObject({ format: "WEBP", ...resultPixels(pixels, use) });
  });

  test("costs nothing if the service refuses it", async () => {
    const { sandbox, faultProxy, buy, readJob } = await setUp();
    const errors = [{ code: "invalidImage", message: "The image is too large.", taskUUID: undefined }];
    faultProxy.setRule(onFirst(1, isToolSend, respondWith({ errors }, 400)));
    await expect(buy(toolRequest(use))).rejects.toThrow(/The image is too large/);
    expect(sandbox.ledger.taskCount).toBe(0);
    expect(await readJob()).toMatchObject({ state: "failed", failures: [{ billed: "no" }] });
  });
});

test("A result whose alpha channel is opaque everywhere is recorded as one without transparency", async () => {
  const { faultProxy, buy } = await setUp();
  const { job: cutOut } = await buy(toolRequest({ id: "removeBackground" }));
  faultProxy.setRule((request) =>
    isDownload(request) ? { changePicture: () => opaqueAlphaPng(320, 200, 90) } : undefined,
  );
  const { job: opaque } = await buy(toolRequest({ id: "removeBackground" }));
  expect([cutOut, opaque].map(({ pictures }) => pictures[0]?.hasAlpha)).toEqual([true, false]);
});

test("A result is recorded and kept, and its job ends, while the look at its transparency hangs", async () => {
  const { environment, readJob } = await setUp();
  const waits: (() => void)[] = [];
  const jobs = await environment.openWindow({
    ...environment.ports,
    isOpaque: () => new Promise<boolean>(() => undefined),
    timer(ms, onElapsed) {
      waits.push(onElapsed);
      return environment.ports.timer(ms, onElapsed);
    },
  });
  const outcomes: Outcome[] = [];
  void jobs
    .buy(createJobRequest(environment, toolRequest({ id: "removeBackground" })), neverAborted)
    .then((outcome) => outcomes.push(outcome));
  await expect
    .poll(async () => {
      const { state, pictures } = await readJob();
      return [state, pictures[0]?.file, pictures[0]?.kept.length];
    })
    .toEqual(["done", expect.stringMatching(/\.png$/), 1]);
  // The message about the job waits for the look, but only a few seconds.
  await expect
    .poll(() => {
      waits.at(-1)?.();
      return outcomes.map(({ job, files }) => [files.length, job.pictures[0]?.hasAlpha]);
    })
    .toEqual([[1, true]]);
});

test("A result whose transparency cannot be looked at is kept as its header says", async () => {
  const { environment } = await setUp();
  const isOpaque = () => Promise.reject(new Error("The image process ended."));
  const jobs = await environment.openWindow({ ...environment.ports, isOpaque });
  const request = createJobRequest(environment, toolRequest({ id: "removeBackground" }));
  const { job, files } = await jobs.buy(request, neverAborted);
  expect([files.length, job.state, job.pictures[0]?.hasAlpha]).toEqual([1, "done", true]);
  expect(environment.logLines.join("\n")).toContain("The image process ended.");
});

describe("A request to a tool", () => {
  test.each<[string, ToolUse, Partial<Request>]>([
    ["another factor than those of the tool", { id: "upscale", factor: 3 }, {}],
    ["no factor", { id: "upscale" }, {}],
    ["a factor for a tool that does not enlarge", { id: "removeBackground", factor: 2 }, {}],
    ["a format without transparency", { id: "removeBackground" }, { format: "JPG" }],
    ["no picture", { id: "upscale", factor: 2 }, { references: [] }],
    ["two results", { id: "upscale", factor: 2 }, { count: 2 }],
    ["more pixels than Limn stores", { id: "upscale", factor: 4 }, { shape: { width: 6400, height: 4268 } }],
  ])("with %s is not sent", async (_, use, more) => {
    const { sandbox, faultProxy, buy } = await setUp();
    await expect(buy(toolRequest(use, "PNG", more))).rejects.toMatchObject({ kind: "input" });
    expect(faultProxy.requests.filter(isToolSend)).toEqual([]);
    expect(sandbox.ledger.taskCount).toBe(0);
  });

  test("to a tool of a later version keeps its job readable", async () => {
    const { buy } = await setUp();
    const { job } = await buy(toolRequest({ id: "upscale", factor: 2 }));
    const tool = { id: "relight", strength: 0.5, factor: "auto" };
    const later = parseJob(JSON.stringify({ ...job, request: { ...job.request, tool } }));
    expect(later?.request.tool).toEqual({ ...tool, factor: undefined });
    expect(later && taskFields({ ...later.request, model: later.model, references: [] }, taskUUID)).toMatchObject({
      taskType: "relight",
    });
  });
});
