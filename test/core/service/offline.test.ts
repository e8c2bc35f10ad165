import { createServer } from "node:http";
import { ProxyAgent } from "undici";
import { expect, onTestFinished, test } from "vitest";
import { checkKey } from "../../../src/core/service/account.ts";
import { describeOffline } from "../../../src/core/service/offline.ts";
import { portOf } from "../../support/loopback.ts";
import { createEnvironment, createJobRequest, neverAborted } from "../support/setUp.ts";

/** Ports whose requests use a proxy that answers every CONNECT with this status. */
async function openBehindProxy(status: number) {
  const proxy = createServer().on("connect", (_, socket) => socket.end(`HTTP/1.1 ${status} No\r\n\r\n`));
  await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
  const dispatcher = new ProxyAgent(`http://127.0.0.1:${portOf(proxy)}`);
  onTestFinished(async () => {
    await dispatcher.destroy();
    await new Promise((resolve) => proxy.close(resolve));
  });
  const environment = await createEnvironment({ url: "https://api.limn.test/v1", key: "an-unknown-key" });
  const fetchByProxy = (url: string, init: RequestInit) => fetch(url, { ...init, ...{ dispatcher } });
  return { environment, ports: { ...environment.ports, fetch: fetchByProxy } };
}

test.each([
  [401, "the proxy needs a user name and a password"],
  [407, "the proxy needs a user name and a password"],
  [403, "the proxy refused the connection"],
  [502, "the proxy refused the connection"],
])("A proxy that answers %i forwards nothing: nothing is bought, and the error says that %s", async (status, words) => {
  const { environment, ports } = await openBehindProxy(status);
  const jobs = await environment.openWindow(ports);
  await expect(jobs.buy(createJobRequest(environment), neverAborted)).rejects.toMatchObject({
    kind: "offline",
    billed: "no",
    message: expect.stringContaining(words),
  });
  expect(jobs.journal.list().map(({ state }) => state)).toEqual(["failed"]);
});

test("A key check through such a proxy reports it as well", async () => {
  const { ports } = await openBehindProxy(403);
  const endpoint = { name: "api", url: "https://api.limn.test/v1", key: "an-unknown-key" };
  await expect(checkKey(ports, endpoint, neverAborted)).rejects.toThrow("the proxy refused the connection");
});

test.each([
  ["ECONNREFUSED", "the connection was refused"],
  ["ENOTFOUND", "its name is not known in this network"],
  ["EAI_AGAIN", "its name is not known in this network"],
  ["SELF_SIGNED_CERT_IN_CHAIN", "its certificate is not trusted by this computer"],
  ["UNABLE_TO_VERIFY_LEAF_SIGNATURE", "its certificate is not trusted by this computer"],
  ["CERT_HAS_EXPIRED", "its certificate is out of date"],
  ["UND_ERR_CONNECT_TIMEOUT", "the connection failed"],
])("%s is described as: %s", (code, words) => {
  const sentence = describeOffline(["ECONNRESET", code]);
  expect(sentence).toContain(words);
  expect(sentence).not.toContain(code);
});
