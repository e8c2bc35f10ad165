import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setImmediate } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import { probe } from "../../src/imaging/probe.ts";
import { type SandboxOptions, startSandbox } from "../../src/sandbox/sandbox.ts";
import { startSandboxServer } from "../../src/sandbox/server.ts";
import { sandboxDeps } from "../support/sandboxDeps.ts";
import { asString, pictureDataUri, startReceiver, taskOf } from "./client.ts";

type Json = Readonly<Record<string, unknown>>;

/** Starts a sandbox without a server, closed after the test, with functions to use it. */
async function openInProcess(options: Partial<SandboxOptions> = {}) {
  const sandbox = await startSandbox({ ...sandboxDeps, delay: 0, ...options });
  onTestFinished(() => sandbox.close());
  async function raw(body: string, init: RequestInit = {}) {
    const headers = { Authorization: `Bearer ${sandbox.key}`, "Content-Type": "application/json" };
    const response = await sandbox.fetch(sandbox.url, { method: "POST", headers, body, ...init });
    const answer: { data?: Json[]; errors?: Json[] } = await response.json();
    return { status: response.status, data: answer.data ?? [], errors: answer.errors ?? [] };
  }
  return {
    sandbox,
    raw,
    post: (...tasks: readonly Json[]) => raw(JSON.stringify(tasks)),
    poll: (taskUUID: string) => raw(JSON.stringify([{ taskType: "getResponse", taskUUID }])),
  };
}

/** The number of sockets of this process that listen. */
const listenerCount = (): number => process.getActiveResourcesInfo().filter((name) => name === "TCPServerWrap").length;

/** What a promise rejects with. */
const rejectionOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    (value) => expect.fail(`It resolved to ${String(value)}.`),
    (error: unknown) => error,
  );

test("answers tasks and serves pictures without a port, at an address that cannot be resolved", async () => {
  const before = listenerCount();
  const { sandbox, post } = await openInProcess();
  const { status, data, errors } = await post(taskOf({ width: 1360, height: 768, outputFormat: "PNG" }));
  expect([status, errors]).toEqual([200, []]);
  const address = new URL(asString(data[0]?.imageURL));
  expect([address.origin, address.hostname.endsWith(".invalid")]).toEqual([new URL(sandbox.url).origin, true]);
  const response = await sandbox.fetch(address.href, { redirect: "manual" });
  const bytes = new Uint8Array(await response.arrayBuffer());
  expect(probe(bytes)).toEqual({ format: "PNG", width: 1360, height: 768 });
  expect(response.headers.get("content-type")).toBe("image/png");
  expect(response.headers.get("content-length")).toBe(String(bytes.length));
  expect(listenerCount()).toBe(before);
  const server = await startSandboxServer(sandboxDeps);
  expect(listenerCount()).toBe(before + 1);
  await server.close();
});

test("checks the key, the path and the method as over HTTP", async () => {
  const { sandbox, raw } = await openInProcess();
  const wrong = await raw(JSON.stringify([taskOf()]), { headers: { Authorization: "Bearer nonsense" } });
  expect([wrong.status, wrong.errors[0]?.code]).toEqual([401, "invalidApiKey"]);
  const { origin } = new URL(sandbox.url);
  expect((await sandbox.fetch(`${origin}/v2`, { method: "POST", body: "[]" })).status).toBe(404);
  const get = await sandbox.fetch(sandbox.url, {});
  expect([get.status, get.headers.get("allow")]).toEqual([405, "POST"]);
  expect((await sandbox.fetch(`${origin}/image/x/${taskOf().taskUUID}.jpg`, { method: "HEAD" })).status).toBe(404);
  expect(sandbox.ledger.taskCount).toBe(0);
});

test("knows no other addresses, and never uses the network for them", async () => {
  const { sandbox } = await openInProcess();
  const receiver = await startReceiver();
  onTestFinished(() => receiver.close());
  const { host } = new URL(sandbox.url);
  for (const address of [
    `${receiver.url}/v1`,
    `http://${host}/v1`,
    `https://${host}:8443/v1`,
    `https://a.${host}/v1`,
  ]) {
    expect(await rejectionOf(sandbox.fetch(address, {}))).toBeInstanceOf(TypeError);
  }
  // Requests arrive in order, so an earlier one would be the first.
  await fetch(`${receiver.url}/control`);
  expect((await receiver.waitForRequests(1)).map((request) => request.path)).toEqual(["/control"]);
});

test("accepts nothing if the request was aborted before", async () => {
  const { sandbox, raw } = await openInProcess();
  const reason = new Error("The user stopped.");
  const aborted = raw(JSON.stringify([taskOf()]), { signal: AbortSignal.abort(reason) });
  expect(await rejectionOf(aborted)).toBe(reason);
  expect(sandbox.ledger.taskCount).toBe(0);
});

test("rejects at once when a waiting request is aborted; the task goes on", async () => {
  const { sandbox, raw, poll } = await openInProcess();
  const [controller, reason] = [new AbortController(), new Error("The user stopped.")];
  const asked = taskOf({ positivePrompt: "A fox [sandbox:stall]" });
  const waiting = rejectionOf(raw(JSON.stringify([asked]), { signal: controller.signal }));
  while (sandbox.ledger.taskCount === 0) await setImmediate();
  controller.abort(reason);
  expect(await waiting).toBe(reason);
  expect((await poll(asked.taskUUID)).data[0]?.status).toBe("processing");
});

test("delivers a picture in small chunks with other work in between, and fails when it is aborted", async () => {
  const { sandbox, post } = await openInProcess();
  const { data } = await post(taskOf({ width: 2048, height: 2048, outputFormat: "PNG" }));
  const address = asString(data[0]?.imageURL);
  // The picture has been drawn when the headers are there.
  const whole = await sandbox.fetch(address, {});
  let turns = 0;
  let isReading = true;
  const count = (): void => {
    turns++;
    if (isReading) global.setImmediate(count);
  };
  global.setImmediate(count);
  const lengths: number[] = [];
  for await (const chunk of whole.body ?? []) lengths.push(chunk.length);
  isReading = false;
  expect(Math.max(...lengths)).toBeLessThanOrEqual(65_536);
  expect(lengths.length).toBeGreaterThan(1);
  expect(turns).toBeGreaterThanOrEqual(lengths.length);

  const [controller, reason] = [new AbortController(), new Error("The user stopped.")];
  const reader = (await sandbox.fetch(address, { signal: controller.signal })).body?.getReader();
  expect((await reader?.read())?.value?.length).toBe(65_536);
  controller.abort(reason);
  expect(await reader?.read().catch((error: unknown) => error)).toBe(reason);
});

test("cuts the connection on request after it has accepted and billed the task", async () => {
  const { sandbox, post, poll } = await openInProcess();
  const asked = taskOf({ positivePrompt: "A fox [sandbox:cut]", deliveryMethod: "async" });
  expect(await rejectionOf(post(asked))).toBeInstanceOf(TypeError);
  expect(sandbox.ledger.acceptedCount(asked.taskUUID)).toBe(1);
  expect((await poll(asked.taskUUID)).data[0]?.status).toBe("success");
});

test("ends open requests when it closes, and refuses later ones like a closed port", async () => {
  const { sandbox, post } = await openInProcess();
  const open = rejectionOf(post(taskOf({ positivePrompt: "A fox [sandbox:stall]" })));
  while (sandbox.ledger.taskCount === 0) await setImmediate();
  await sandbox.close();
  expect(await open).toBeInstanceOf(TypeError);
  expect(await rejectionOf(post(taskOf()))).toMatchObject({ cause: { code: "ECONNREFUSED" } });
  expect(sandbox.ledger.taskCount).toBe(1);
});

test("posts webhooks, and takes its own pictures as references by address", async () => {
  const { post } = await openInProcess();
  const receiver = await startReceiver();
  onTestFinished(() => receiver.close());
  const first = taskOf({ webhookURL: `${receiver.url}/hook`, deliveryMethod: "async" });
  await post(first);
  const [hook] = await receiver.waitForRequests(1);
  const item: Json = JSON.parse(hook?.body.toString() ?? "");
  expect(item.taskUUID).toBe(first.taskUUID);
  const upload = { taskType: "imageUpload", taskUUID: first.taskUUID, image: await pictureDataUri(640, 480) };
  const uploaded = await post(upload);
  const referenceImages = [asString(item.imageURL), asString(uploaded.data[0]?.imageURL)];
  expect((await post(taskOf({ inputs: { referenceImages } }))).errors).toEqual([]);
  const unknown = asString(item.imageURL).replace(asString(item.imageUUID), taskOf().taskUUID);
  const refused = await post(taskOf({ inputs: { referenceImages: [unknown] } }));
  expect(refused.errors[0]?.code).toBe("failedToTransferImage");
});

test("never refuses a task for its price if the balance is infinite", async () => {
  const { sandbox, post } = await openInProcess({ balance: Number.POSITIVE_INFINITY });
  const asked = Array.from({ length: 3 }, () => taskOf({ deliveryMethod: "async", numberResults: 9 }));
  expect((await post(...asked)).errors).toEqual([]);
  expect([sandbox.ledger.billed, sandbox.ledger.balance]).toEqual([0.756, Number.POSITIVE_INFINITY]);
});

test("a window finds the tasks that another window has started since, and draws the same pictures", async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "limn-sandbox-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const stateFile = path.join(folder, "sandbox.json");
  const [one, other] = [await openInProcess({ stateFile }), await openInProcess({ stateFile })];
  const [first, second] = [taskOf({ deliveryMethod: "async" }), taskOf({ deliveryMethod: "async" })];
  const download = async ({ sandbox, poll }: typeof one, taskUUID: string) => {
    const address = asString((await poll(taskUUID)).data[0]?.imageURL);
    return Buffer.from(await (await sandbox.fetch(address, {})).arrayBuffer()).toString("base64");
  };
  for (const asked of [first, second]) {
    await one.post(asked);
    const details = await other.post({ taskType: "getTaskDetails", taskUUID: asked.taskUUID });
    expect(details.data[0]).toMatchObject({ request: [{ taskUUID: asked.taskUUID }] });
    expect(await download(other, asked.taskUUID)).toBe(await download(one, asked.taskUUID));
    // A resent task is recognized there too.
    expect((await other.post(asked)).errors[0]?.code).toBe("conflictTaskUUID");
  }
  expect(other.sandbox.ledger.taskCount).toBe(2);
  expect((await readFile(stateFile, "utf8")).trimEnd().split("\n")).toHaveLength(2);
});

test("an unknown task has no results, with or without a state file", async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "limn-sandbox-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  for (const options of [{}, { stateFile: path.join(folder, "none", "sandbox.json") }]) {
    const { poll } = await openInProcess(options);
    expect(await poll(taskOf().taskUUID)).toEqual({ status: 200, data: [], errors: [] });
  }
});
