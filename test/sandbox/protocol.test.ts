import { request } from "node:http";
import { expect, test } from "vitest";
import { asString, startClient, startReceiver, taskOf, taskWithoutSize } from "./client.ts";

// The four recorded requests of the model's page, with shortened prompts.
const recordedTasks = [
  taskOf({ taskUUID: "3ba7ae08-76de-4f81-ab0f-64c7aaf0000f", width: 1664, height: 2496 }),
  taskOf({
    taskUUID: "fe404c02-8897-490c-8c56-6f800e0bbaf3",
    width: 2496,
    height: 1664,
    inputs: { referenceImages: ["https://assets.runware.ai/assets/inputs/ca759048-2e8d-4bf1-9a16-4f0d1bab46bc.jpg"] },
  }),
  taskOf({
    taskUUID: "e93e9c10-ac72-41e8-8dd4-424cbb4c6745",
    width: 1664,
    height: 2496,
    inputs: { referenceImages: ["https://assets.runware.ai/assets/inputs/080c0de8-0c59-4f33-b851-5fcd1f2cfaff.jpg"] },
  }),
  taskOf({ taskUUID: "b47f79d6-af49-4208-8995-63d507de6a05", width: 2496, height: 1664 }),
];

test.each(recordedTasks)("answers the recorded request $taskUUID as the model's page shows it", async (asked) => {
  const { post } = await startClient();
  const { status, type, data, errors } = await post({ ...asked, includeCost: true });
  expect([status, type, errors]).toEqual([200, "application/json; charset=utf-8", []]);
  expect(data).toEqual([
    {
      taskType: "imageInference",
      taskUUID: asked.taskUUID,
      imageUUID: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/),
      imageURL: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/image\/.*\.jpg$/),
      seed: expect.any(Number),
      cost: 0.028,
    },
  ]);
});

test("accepts the key in an authentication task", async () => {
  const { raw, sandbox } = await startClient();
  const tasks = [{ taskType: "authentication", apiKey: sandbox.key }, taskOf()];
  const { status, data } = await raw(JSON.stringify(tasks), { headers: {} });
  expect(status).toBe(200);
  expect(data[0]).toEqual({ taskType: "authentication", connectionSessionUUID: expect.any(String) });
  expect(data[1]).toMatchObject({ taskType: "imageInference" });
  const alone = await raw(JSON.stringify([tasks[0]]), { headers: {} });
  expect(alone.data).toHaveLength(1);
});

test("rejects a wrong or missing key with 401", async () => {
  const { raw, sandbox } = await startClient();
  const body = JSON.stringify([taskOf()]);
  const wrong = await raw(body, { headers: { Authorization: "Bearer nonsense" } });
  expect([wrong.status, wrong.errors[0]?.code]).toEqual([401, "invalidApiKey"]);
  const inBody = await raw(JSON.stringify([{ taskType: "authentication", apiKey: "nonsense" }]), { headers: {} });
  expect([inBody.status, inBody.errors[0]?.code]).toEqual([401, "invalidApiKey"]);
  const missing = await raw(body, { headers: {} });
  expect([missing.status, missing.errors[0]?.code]).toEqual([401, "missingApiKey"]);
  expect(sandbox.ledger.taskCount).toBe(0);
});

test.each([
  ["no JSON", "{", "invalidJSON"],
  ["one object", JSON.stringify(taskOf()), "invalidRequest"],
  ["an empty array", "[]", "invalidRequest"],
  ["numbers", "[1]", "invalidTask"],
  ["an unknown task", '[{"taskType":"paint"}]', "invalidTaskType"],
  ["a task named like a method", '[{"taskType":"constructor"}]', "invalidTaskType"],
])("answers %s with 400", async (_, body, code) => {
  const { raw } = await startClient();
  const { status, errors } = await raw(body);
  expect([status, errors[0]?.code]).toEqual([400, code]);
});

test("accepts the root path too, and answers 404, 405 and 413 otherwise", async () => {
  const { origin, sandbox } = await startClient();
  const headers = { Authorization: `Bearer ${sandbox.key}` };
  const ping = await fetch(`${origin}/`, { method: "POST", headers, body: '[{"taskType":"ping","ping":true}]' });
  expect(await ping.json()).toEqual({ data: [{ taskType: "ping", pong: true }] });
  expect((await fetch(`${origin}/v2`, { method: "POST", headers, body: "[]" })).status).toBe(404);
  const get = await fetch(sandbox.url);
  expect([get.status, get.headers.get("allow")]).toEqual([405, "POST"]);
  expect((await fetch(`${origin}/image/x`, { method: "DELETE" })).status).toBe(405);
  const large = await new Promise<number | undefined>((resolve, reject) => {
    const sent = request(sandbox.url, { method: "POST", headers: { ...headers, "Content-Length": "200000000" } });
    sent.on("response", ({ statusCode }) => resolve(statusCode) ?? sent.destroy()).on("error", reject);
    sent.write("[");
  });
  expect(large).toBe(413);
});

test("answers only requests with a loopback host name", async () => {
  const { sandbox } = await startClient();
  const status = await new Promise<number | undefined>((resolve, reject) => {
    const sent = request(sandbox.url, { method: "POST", headers: { Host: "evil.example" } });
    sent
      .on("response", ({ statusCode }) => resolve(statusCode))
      .on("error", reject)
      .end("[]");
  });
  expect(status).toBe(403);
});

test("matches answers to tasks when several share a request", async () => {
  const { post } = await startClient();
  const [good, bad] = [taskOf(), taskWithoutSize()];
  const { status, data, errors } = await post(good, bad);
  expect(status).toBe(200);
  expect(data.map(({ taskUUID }) => taskUUID)).toEqual([good.taskUUID]);
  expect(errors.map(({ taskUUID }) => taskUUID)).toEqual([bad.taskUUID]);
});

test("never accepts or bills one UUID twice", async () => {
  const { post, sandbox } = await startClient();
  const asked = taskOf({ deliveryMethod: "async", numberResults: 2 });
  await post(asked);
  const again = await post(asked);
  expect([again.status, again.errors[0]?.code, again.errors[0]?.taskUUID]).toEqual([
    400,
    "conflictTaskUUID",
    asked.taskUUID,
  ]);
  const duplicate = taskOf();
  const both = await post(duplicate, duplicate);
  expect([both.data.length, both.errors.length]).toEqual([1, 1]);
  expect([sandbox.ledger.acceptedCount(asked.taskUUID), sandbox.ledger.acceptedCount(duplicate.taskUUID)]).toEqual([
    1, 1,
  ]);
  expect([sandbox.ledger.taskCount, sandbox.ledger.billed]).toEqual([2, 0.084]);
});

test("reports the balance in both forms, and rejects tasks when it is used up", async () => {
  const ask = { taskType: "accountManagement", taskUUID: taskOf().taskUUID, operation: "getDetails" };
  const { post, sandbox } = await startClient({ balance: 0.06 });
  await post(taskOf({ numberResults: 2 }));
  expect((await post(ask)).data[0]).toMatchObject({ operation: "getDetails", balance: 0.004 });
  const refused = await post(taskOf());
  expect([refused.status, refused.errors[0]?.code]).toEqual([402, "insufficientCredits"]);
  expect(sandbox.ledger.taskCount).toBe(1);
  const other = await startClient({ balanceFormat: "object", balance: 5 });
  expect((await other.post(ask)).data[0]?.balance).toEqual({ amount: 5, freeBalance: 0, currency: "USD" });
});

test("cuts the connection on request after it has accepted and billed the task", async () => {
  const { post, poll, sandbox } = await startClient();
  const asked = taskOf({ positivePrompt: "A fox [sandbox:cut]", deliveryMethod: "async" });
  await expect(post(asked)).rejects.toThrow();
  expect([sandbox.ledger.acceptedCount(asked.taskUUID), sandbox.ledger.billed]).toEqual([1, 0.028]);
  expect((await post(asked)).errors[0]?.code).toBe("conflictTaskUUID");
  expect((await poll(asked.taskUUID)).data[0]?.status).toBe("success");
});

test("closes at once during an open request", async () => {
  const { post, sandbox } = await startClient();
  const held = expect(post(taskOf({ positivePrompt: "A fox [sandbox:stall]" }))).rejects.toThrow();
  const receiver = await startReceiver();
  await post(taskOf({ webhookURL: receiver.url, deliveryMethod: "async", positivePrompt: "A fox [sandbox:stall]" }));
  await sandbox.close();
  await held;
  await receiver.close();
  await expect(fetch(sandbox.url)).rejects.toThrow();
});

test("records the received task types in order", async () => {
  const { post, poll, sandbox } = await startClient();
  await post(taskWithoutSize());
  await poll(asString(taskOf().taskUUID));
  expect(sandbox.receivedTaskTypes).toEqual(["imageInference", "getResponse"]);
});
