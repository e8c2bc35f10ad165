import { createServer } from "node:http";
import { expect, test } from "vitest";
import { probe } from "../../src/imaging/probe.ts";
import { asString, pictureDataUri, startClient, startReceiver, taskOf } from "./client.ts";

test("posts each finished item to the webhook, and puts the bytes to the upload endpoint", async () => {
  const receiver = await startReceiver();
  const { post, poll } = await startClient();
  const asked = taskOf({
    numberResults: 3,
    positivePrompt: "A fox [sandbox:fail=1]",
    deliveryMethod: "async",
    outputFormat: "PNG",
    includeCost: true,
    webhookURL: `${receiver.url}/hook?secret=1`,
    uploadEndpoint: `${receiver.url}/bucket/picture.png?signature=2`,
  });
  await post(asked);
  const received = await receiver.waitForRequests(5);
  const hooks = received.filter(({ method }) => method === "POST");
  const items = hooks.map(({ body }) => JSON.parse(body.toString()));
  expect(hooks.every(({ path, type }) => path === "/hook?secret=1" && type === "application/json")).toBe(true);
  const polled = (await poll(asked.taskUUID)).data.map(({ status, ...item }) => item);
  expect(items.filter(({ imageUUID }) => imageUUID !== undefined)).toEqual(expect.arrayContaining(polled));
  expect(items.filter(({ code }) => code === "providerError")).toHaveLength(1);
  const puts = received.filter(({ method }) => method === "PUT");
  expect(puts).toHaveLength(2);
  for (const { body, path, type } of puts) {
    expect([path, type]).toEqual(["/bucket/picture.png?signature=2", "image/png"]);
    expect(probe(body)).toEqual({ format: "PNG", width: 1024, height: 1024 });
  }
  await receiver.close();
});

test("logs an unreachable webhook, and answers anyway", async () => {
  const closed = await startReceiver();
  await closed.close();
  let onLine: (line: string) => void = () => {};
  const logLine = new Promise<string>((resolve) => {
    onLine = resolve;
  });
  const { post } = await startClient({ log: (line) => onLine(line) });
  const { status, data } = await post(taskOf({ webhookURL: closed.url }));
  expect([status, data.length]).toEqual([200, 1]);
  expect(await logLine).toContain("Delivery failed");
});

test.each([
  ["mediaStorage", { operation: "upload" }, "media", "mediaUUID", "mediaURL"],
  ["imageUpload", {}, "image", "imageUUID", "imageURL"],
])(
  "stores an upload by %s, serves it and accepts it as a reference by UUID and URL",
  async (taskType, more, field, uuid, url) => {
    const { post } = await startClient();
    const { taskUUID } = taskOf();
    const { data } = await post({ taskType, taskUUID, ...more, [field]: await pictureDataUri(640, 480) });
    expect(data[0]).toMatchObject({ taskType, taskUUID });
    const [id, address] = [asString(data[0]?.[uuid]), asString(data[0]?.[url])];
    expect(probe(new Uint8Array(await (await fetch(address)).arrayBuffer()))).toMatchObject({ width: 640 });
    for (const reference of [id, address]) {
      const made = await post(taskOf({ inputs: { referenceImages: [reference] } }));
      expect([made.status, made.errors]).toEqual([200, []]);
    }
    const removal = { taskType: "mediaStorage", operation: "delete", taskUUID, media: id };
    expect((await post(removal)).data).toEqual([
      { taskType: "mediaStorage", taskUUID, operation: "delete", mediaUUID: id },
    ]);
    expect((await post(removal)).errors[0]?.code).toBe("invalidMedia");
    expect((await fetch(address)).status).toBe(404);
    expect((await post(taskOf({ inputs: { referenceImages: [id] } }))).errors[0]?.code).toBe("failedToTransferImage");
  },
);

test("accepts base64 and an earlier result as references, and rejects what is not a picture", async () => {
  const { post } = await startClient();
  const first = await post(taskOf());
  const base64 = (await pictureDataUri(500, 400)).split(",")[1];
  const made = await post(taskOf({ inputs: { referenceImages: [base64, first.data[0]?.imageUUID] } }));
  expect(made.errors).toEqual([]);
  const { taskUUID } = taskOf();
  const text = await post({ taskType: "mediaStorage", taskUUID, operation: "upload", media: "aGVsbG8=" });
  expect([text.status, text.errors[0]?.code]).toEqual([400, "invalidMedia"]);
});

test("follows no redirect to another machine", async () => {
  const server = createServer((_, response) => response.writeHead(302, { Location: "http://192.0.2.1/a.jpg" }).end());
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const url = typeof address === "object" && address !== null ? `http://127.0.0.1:${address.port}/a.jpg` : "";
  const { post } = await startClient();
  const { errors } = await post(taskOf({ inputs: { referenceImages: [url] } }));
  expect(errors[0]?.code).toBe("failedToTransferImage");
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});
