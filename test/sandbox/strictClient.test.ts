import { randomUUID } from "node:crypto";
import { Client, type Dispatcher } from "undici";
import { afterEach, expect, test } from "vitest";
import { recordedExchanges } from "../core/support/recordedExchanges.ts";
import { startClient } from "./client.ts";

const clients: Client[] = [];
afterEach(() => Promise.all(clients.splice(0).map((client) => client.close())));

/** undici's client: one connection, strict about lengths, without retries or redirects. */
async function startStrictClient() {
  const { sandbox, origin } = await startClient();
  const client = new Client(origin, { pipelining: 1, strictContentLength: true });
  clients.push(client);
  const ask = (tasks: readonly object[]): Promise<Dispatcher.ResponseData> =>
    client.request({
      path: new URL(sandbox.url).pathname,
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${sandbox.key}` },
      body: JSON.stringify(tasks),
    });
  return { ask, client, origin };
}

test("accepts the four recorded requests unchanged, and answers with every field of the model's page", async () => {
  const { ask, origin } = await startStrictClient();
  for (const { request } of recordedExchanges) {
    const { statusCode, headers, body } = await ask([{ ...request, includeCost: true }]);
    expect(statusCode).toBe(200);
    expect(headers["content-type"]).toBe("application/json; charset=utf-8");
    const bytes = new Uint8Array(await body.arrayBuffer());
    expect(Number(headers["content-length"])).toBe(bytes.length);
    const { data } = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    expect(data).toEqual([
      {
        taskType: "imageInference",
        taskUUID: request.taskUUID,
        imageUUID: expect.stringMatching(/^[0-9a-f-]{36}$/),
        imageURL: expect.stringContaining(origin),
        seed: expect.any(Number),
        cost: 0.028,
      },
    ]);
  }
});

test("answers a HEAD request for a picture without a body", async () => {
  const { ask, client } = await startStrictClient();
  const { body } = await ask([recordedExchanges[0]?.request ?? {}]);
  const [{ imageURL }] = JSON.parse(await body.text()).data;
  const path = new URL(imageURL).pathname;
  const head = await client.request({ path, method: "HEAD" });
  const got = await client.request({ path, method: "GET" });
  expect(await head.body.text()).toBe("");
  expect(head.headers["content-length"]).toBe(String((await got.body.arrayBuffer()).byteLength));
  expect(head.headers["content-type"]).toBe("image/jpeg");
});

test("answers on the same connection after a rejected request", async () => {
  const { ask } = await startStrictClient();
  const refused = await ask([{ taskType: "imageInference", taskUUID: randomUUID() }]);
  expect(refused.statusCode).toBe(400);
  await refused.body.dump();
  const ping = await ask([{ taskType: "ping", ping: true }]);
  expect(JSON.parse(await ping.body.text()).data).toEqual([expect.objectContaining({ pong: true })]);
});
